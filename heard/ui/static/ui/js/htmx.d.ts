interface Htmx {
  trigger(target: Element | string, name: string): void;
  process(target: Element): void;
  ajax(verb: string, path: string, context: { target: Element; swap: string }): Promise<void>;
}
interface Window {
  htmx: Htmx;
}
