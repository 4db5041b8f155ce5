interface Htmx {
  trigger(target: Element | string, name: string): void;
  process(target: Element): void;
  ajax(verb: string, path: string, context: { target: Element | string; swap: string; select?: string }): Promise<void>;
}
interface Window {
  htmx: Htmx;
}
