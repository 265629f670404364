/** Finds and focuses rows by their key, as they stand in the document. */
const rowSelector = "[data-row]";
const inRow = (row: Element | null | undefined) =>
  row?.querySelector<HTMLElement>("[data-row-focus]") ?? null;

/** The key of the row that has the focus. */
export function focusedRow(): string | null {
  const row = document.activeElement?.closest<HTMLElement>(rowSelector);
  return row?.dataset.row ?? null;
}

export function focusRow(key: string): boolean {
  const target = inRow(document.querySelector(`[data-row="${CSS.escape(key)}"]`));
  target?.focus();
  return target !== null;
}

/** Where the focus goes when there is no row to have it. */
export function focusQuickAdd(): void {
  document.getElementById("quick-add")?.focus();
}

export function focusSearch(): void {
  const search = document.getElementById("search");
  if (search instanceof HTMLInputElement) {
    search.focus();
    search.select();
  }
}
