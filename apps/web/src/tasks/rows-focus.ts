import { CONTENT_ID } from "../shell/skip-link.tsx";

/** Finds and focuses rows by their key, as they stand in the document. */
const rowSelector = "[data-row]";

/** The key of the row that has the focus. */
export function focusedRow(): string | null {
  const row = document.activeElement?.closest<HTMLElement>(rowSelector);
  return row?.dataset.row ?? null;
}

/** Focuses the row's tick, or the first field of a row that is edited. False where there is no such row. */
export function focusRow(key: string): boolean {
  const row = document.querySelector(`[data-row="${CSS.escape(key)}"]`);
  row?.querySelector<HTMLElement>("[data-row-focus], input")?.focus();
  return row !== null;
}

/** Focuses the row that is so many on from the one that has the focus, or the first one. */
export function moveFocus(keys: readonly string[], by: number): void {
  const at = keys.indexOf(focusedRow() ?? "");
  const next = keys[at < 0 ? 0 : Math.max(0, Math.min(at + by, keys.length - 1))];
  if (next) focusRow(next);
}

/** False where the list takes no new task. */
export function focusQuickAdd(): boolean {
  const input = document.getElementById("quick-add");
  input?.focus();
  return input !== null;
}

/**
 * Where the focus goes when there is no row to have it. Whoever pressed with a finger wants no keyboard
 * to come up for that.
 */
export function focusFallback(byKeys: boolean): void {
  if (byKeys && focusQuickAdd()) return;
  document.getElementById(CONTENT_ID)?.focus({ preventScroll: true });
}

/** False where the list cannot be searched. */
export function focusSearch(): boolean {
  const search = document.getElementById("search");
  if (!(search instanceof HTMLInputElement)) return false;
  search.focus();
  search.select();
  return true;
}
