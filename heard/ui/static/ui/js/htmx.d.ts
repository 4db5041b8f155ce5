interface Htmx {
  trigger(target: Element | string, name: string): void;
  process(target: Element): void;
}
interface Window {
  htmx: Htmx;
}
