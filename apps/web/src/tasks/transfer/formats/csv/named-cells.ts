import type { Table, TableRow } from "./csv-table.ts";

const plain = (name: string) => name.toLowerCase().replace(/[^a-z]/g, "");

/** Whether a table has all these columns, whatever their case, blanks and signs. */
export const hasColumns = ({ names }: Pick<Table, "names">, ...wanted: string[]) =>
  wanted.every((name) => names.some((other) => plain(other) === plain(name)));

/** A row's cells by the names of their columns; a column that is not there is empty. */
export function cellsOf({ names }: Pick<Table, "names">, { cells }: TableRow) {
  return (name: string) => cells[names.findIndex((other) => plain(other) === plain(name))] ?? "";
}
