import { useEffect, useRef } from "react";
import { focusedRow, focusQuickAdd, focusRow } from "./rows-focus.ts";

/**
 * When what had the focus leaves the page, the focus goes to the row that takes the place of its row,
 * or else to the input for a new task.
 */
export function useKeptFocus(keys: readonly string[]): void {
  const latestKeys = useRef(keys);
  const last = useRef<{ key: string; index: number }>(null);

  useEffect(() => {
    const remember = () => {
      const key = focusedRow();
      if (key) last.current = { key, index: latestKeys.current.indexOf(key) };
      else if (!document.activeElement?.closest("[data-keeps-row]")) last.current = null;
    };
    // Whoever presses beside everything means to leave.
    const leave = ({ target }: PointerEvent) => {
      if (!(target instanceof Element && target.closest("[data-row], [data-keeps-row]")))
        last.current = null;
    };
    document.addEventListener("focusin", remember);
    document.addEventListener("pointerdown", leave);
    return () => {
      document.removeEventListener("focusin", remember);
      document.removeEventListener("pointerdown", leave);
    };
  }, []);

  useEffect(() => {
    latestKeys.current = keys;
    const lost = last.current;
    if (!lost || document.activeElement !== document.body) return;
    const at = keys.indexOf(lost.key);
    const heir = keys[Math.min(at >= 0 ? at : lost.index, keys.length - 1)];
    if (!heir || !focusRow(heir)) focusQuickAdd();
  });
}
