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

/** Also for those whose keyboards have no such key, or who are used to others. */
byKey.set("backspace", "remove").set("arrowdown", "next").set("arrowup", "previous");
byKey.set("enter", "edit").set("mod+z", "undo");

function nameOf(event: KeyboardEvent): Shortcut | undefined {
  const { key, ctrlKey, metaKey, altKey, shiftKey } = event;
  if (altKey) return undefined;
  const plain = key === " " ? "space" : key.toLowerCase();
  if (!ctrlKey && !metaKey) return byKey.get(plain);
  // Ctrl-Shift-Z is what does a thing again.
  return shiftKey ? undefined : byKey.get(`mod+${plain}`);
}

/** Keys that type something, or that the focused thing knows what to do with. */
function isTaken({ key, target }: KeyboardEvent, shortcut: Shortcut): boolean {
  if (shortcut === "palette" || !(target instanceof HTMLElement)) return false;
  if (target.closest("[role=dialog], [role=menu]")) return true;
  // What has opened takes the next keys, even where it has not got the focus yet.
  if (document.querySelector("[data-takes-keys]")) return true;
  if (target.matches("textarea, select, input:not([type=checkbox])")) return true;
  const isRowsTick = target.matches("[data-row-focus]:not(button)");
  if (key === "Enter") return !isRowsTick;
  // A tick box ticks, a button is pressed, by themselves. A row's is ticked with what is chosen beside it.
  const acts = target.closest("a, button, input, [role=button]") !== null;
  return shortcut === "complete" && acts && !isRowsTick;
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
      if (!run || isTaken(event, shortcut)) return;
      event.preventDefault();
      // A key that is held down deletes no second task.
      if (event.repeat && shortcut !== "next" && shortcut !== "previous") return;
      run();
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, []);
}
