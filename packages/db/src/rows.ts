import pg from "pg";

type Read = (text: string) => unknown;

/** Makes rows of the texts that PostgreSQL sends for one statement's columns. */
export type RowReader = (values: readonly (string | null)[]) => Record<string, unknown>;

export function rowReader(fields: readonly pg.FieldDef[]): RowReader {
  const columns = fields.map(({ name, dataTypeID }) => ({ name, read: readerOf(dataTypeID) }));
  // In the order of the columns and each time the same, so that all rows are of one shape.
  const empty: Record<string, unknown> = Object.fromEntries(
    columns.map(({ name }) => [name, null]),
  );
  return (values) => {
    const row = { ...empty };
    for (let at = 0; at < columns.length; at += 1) {
      const value = values[at];
      const column = columns[at];
      if (column && typeof value === "string") row[column.name] = column.read(value);
    }
    return row;
  };
}

const { DATE, TIMESTAMPTZ } = pg.types.builtins;
/** PostgreSQL's for text[], which pg's list leaves out. */
const TEXT_ARRAY = 1009;

const pgReaderOf = (type: number) => pg.types.getTypeParser(type as never, "text") as Read;
const pgInstant = pgReaderOf(TIMESTAMPTZ);
const pgTexts = pgReaderOf(TEXT_ARRAY);

function readerOf(type: number): Read {
  if (type === DATE) return asItIs;
  if (type === TIMESTAMPTZ) return instantOf;
  return type === TEXT_ARRAY ? textsOf : pgReaderOf(type);
}

/** A day is told as 2026-12-31, as the contract has it. */
const asItIs: Read = (text) => text;

const usualInstant = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{1,3})?\+00$/;

/**
 * An instant as `toISOString` has it, without the Date in between: 2026-12-31 12:00:00.5+00 becomes
 * 2026-12-31T12:00:00.500Z. Any other form, that of far years or of another time zone, goes through one.
 */
export function instantOf(text: string): string {
  if (!usualInstant.test(text)) {
    const instant = pgInstant(text);
    return instant instanceof Date ? instant.toISOString() : text;
  }
  const fraction = text.slice(20, -3).padEnd(3, "0");
  return `${text.slice(0, 10)}T${text.slice(11, 19)}.${fraction}Z`;
}

/** Quotes, NULL and arrays of arrays are pg's affair. */
export const textsOf = (text: string): unknown => {
  if (text === "{}") return [];
  return /^\{[^"\\{]*\}$/.test(text) && !/null/i.test(text)
    ? text.slice(1, -1).split(",")
    : pgTexts(text);
};
