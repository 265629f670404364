import { useEffect, useRef } from "react";

/** What keys do on the page; `?` shows them. */
export const shortcutKeys = {
  create: "n",
  search: "/",
  next: "j",
  previous: "k",
  select: "x",
  selectAll: "a",
  edit: "e",
  complete: "space",
  remove: "delete",
  undo: "u",
  palette: "mod+k",
  help: "?",
  clear: "escape",
} as const;
export type Shortcut = keyof typeof shortcutKeys;

const byKey = new Map<string, Shortcut>(
  (Object.entries(shortcutKeys) as [Shortcut, string][]).map(([name, key]) => [key, name]),
);

/** Also for those whose keyboards have no such key. */
byKey.set("backspace", "remove").set("arrowdown", "next").set("arrowup", "previous");

function nameOf({ key, ctrlKey, metaKey, altKey }: KeyboardEvent): Shortcut | undefined {
  if (altKey) return undefined;
  const plain = key === " " ? "space" : key.toLowerCase();
  return byKey.get(ctrlKey || metaKey ? `mod+${plain}` : plain);
}

/** Keys that type something, or that the focused thing knows what to do with. */
function isTaken(target: EventTarget | null, shortcut: Shortcut): boolean {
  if (shortcut === "palette" || !(target instanceof HTMLElement)) return false;
  if (target.closest("[role=dialog], [role=menu]")) return true;
  if (target.matches("textarea, select, input:not([type=checkbox])")) return true;
  // A tick box ticks, a button is pressed, by themselves.
  return shortcut === "complete" && target.closest("a, button, input, [role=button]") !== null;
}

/** Runs what a key stands for, unless it is being typed into something. */
export function useShortcuts(handlers: Partial<Record<Shortcut, () => void>>): void {
  const latest = useRef(handlers);
  useEffect(() => {
    latest.current = handlers;
  });
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const shortcut = nameOf(event);
      if (!shortcut || event.defaultPrevented || event.isComposing) return;
      const run = latest.current[shortcut];
      if (!run || isTaken(event.target, shortcut)) return;
      // A key that is held down deletes no second task.
      if (event.repeat && shortcut !== "next" && shortcut !== "previous") return;
      event.preventDefault();
      run();
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, []);
}
