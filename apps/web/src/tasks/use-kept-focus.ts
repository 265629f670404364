import { useEffect, useRef } from "react";
import { focusedRow, focusFallback, focusRow } from "./rows-focus.ts";

interface Focus {
  element: Element;
  /** Of the row that it is in, or was in last: what is done to rows is done from elsewhere, too. */
  row: { key: string; index: number } | undefined;
  byKeys: boolean;
}

/** They hand the focus back themselves, to what had it before. */
const passing = "[role=dialog], [role=menu], [role=region][tabindex]";

/**
 * When what had the focus leaves the page, the focus goes to the row that takes the place of its row,
 * or else to where the next task is written.
 */
export function useKeptFocus(keys: readonly string[]): void {
  const latestKeys = useRef(keys);
  const last = useRef<Focus>(null);

  useEffect(() => {
    const remember = () => {
      const element = document.activeElement;
      if (!element || element === document.body || element.closest(passing)) return;
      const key = focusedRow();
      const row = key
        ? { key, index: latestKeys.current.indexOf(key) }
        : element.closest("[data-keeps-row]")
          ? last.current?.row
          : undefined;
      last.current = { element, row, byKeys: element.matches(":focus-visible") };
    };
    // Whoever presses beside everything means to leave.
    const leave = ({ target }: PointerEvent) => {
      if (target instanceof Element && target.closest(`[data-row], [data-keeps-row], ${passing}`))
        return;
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
    if (!last.current || document.activeElement !== document.body) return;
    const { element, row, byKeys } = last.current;
    if (element.isConnected && !element.matches(":disabled")) return;
    const at = row ? keys.indexOf(row.key) : -1;
    const heir = row && keys[Math.min(at >= 0 ? at : row.index, keys.length - 1)];
    if (!heir || !focusRow(heir)) focusFallback(byKeys);
  });
}
