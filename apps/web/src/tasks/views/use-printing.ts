import { useSyncExternalStore } from "react";
import { flushSync } from "react-dom";
import { useShortcuts } from "../use-shortcuts.ts";

/**
 * Whether the page is on its way to paper, which no part of it scrolls on. Where not all of a list is here,
 * the browser's key for printing leads to the page that fetches the rest first.
 */
export function usePrinting(more: boolean): boolean {
  useShortcuts({ print: more ? openPrintView : undefined });
  return useSyncExternalStore(subscribe, isPrinting, () => false);
}

export const openPrintView = () =>
  void window.open(`/tasks/print${window.location.search}`, "_blank", "noopener");

let begun = false;
const isPrinting = () => begun || window.matchMedia("print").matches;

function subscribe(listener: () => void): () => void {
  // Drawn before the event is over: after it, the browser looks at the page as it is.
  const set = (printing: boolean) => () => {
    begun = printing;
    flushSync(listener);
  };
  const [begin, end] = [set(true), set(false)];
  const print = window.matchMedia("print");
  window.addEventListener("beforeprint", begin);
  window.addEventListener("afterprint", end);
  print.addEventListener("change", listener);
  return () => {
    window.removeEventListener("beforeprint", begin);
    window.removeEventListener("afterprint", end);
    print.removeEventListener("change", listener);
  };
}
