import { useEffect, useRef } from "react";
import { hasCharacterKeys } from "../preferences/remember.ts";
import { type Shortcut, shortcutOf } from "./model/shortcuts.ts";

/** Keys that type something, or that the focused thing knows what to do with. */
function isTaken({ key, target }: KeyboardEvent, shortcut: Shortcut): boolean {
  if (shortcut === "palette" || shortcut === "print" || !(target instanceof HTMLElement))
    return false;
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
      const shortcut = shortcutOf(event, hasCharacterKeys());
      if (!shortcut || event.defaultPrevented) return;
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
