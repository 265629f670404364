import { parse } from "csv-parse/browser/esm/sync";
import { countLineEnds, UnreadableFileError } from "../../file-tasks.ts";
import { columnOf } from "./columns.ts";

export interface TableRow {
  line: number;
  cells: readonly string[];
}

export interface Table {
  names: readonly string[];
  rows: readonly TableRow[];
  /** Where a quote is opened that nothing closes: what follows cannot be told apart. */
  openQuote: number | undefined;
}

const separators = [",", ";", "\t", "|"];
/** No file has it: so a line of a file with one column is one cell. */
const NO_SEPARATOR = "\u001f";
/** The header stands among the first rows. */
const FIRST_ROWS = 10;

/** The table of a CSV text, whatever separates its cells and ends its lines. */
export function readTable(text: string): Table {
  const declared = /^\ufeff?sep=(.)(?=\r|\n)/i.exec(text);
  const body = declared ? text.slice(declared[0].length) : text;
  const candidates = declared?.[1] ? [declared[1]] : [...separators, NO_SEPARATOR];
  const tried = candidates.map((separator) => {
    const header = headerOf(parseRows(body, separator, FIRST_ROWS).rows);
    return { separator, header, known: header ? knownIn(header) : 0 };
  });
  const best = tried.reduce((a, b) => (b.known > a.known ? b : a));
  if (!best.header || best.known === 0) {
    const widest = tried.reduce((a, b) => (widthOf(b.header) > widthOf(a.header) ? b : a));
    throw new UnreadableFileError("noTitle", { names: [...(widest.header?.cells ?? [])] });
  }
  const { line, cells: names } = best.header;
  const separator = names.length === 1 ? NO_SEPARATOR : best.separator;
  const { rows, openQuote } = parseRows(body, separator);
  return { names, rows: rows.filter((row) => row.line > line), openQuote };
}

const widthOf = (row: TableRow | undefined) =>
  row?.cells.filter((cell) => cell.trim() !== "").length ?? 0;

/** The first row, behind lines of one cell in which some apps tell of the file. */
const headerOf = (rows: readonly TableRow[]) =>
  rows.find((row) => widthOf(row) > 1) ?? rows.find((row) => widthOf(row) > 0);

/** How many of its columns are known; none where there is no title among them. */
function knownIn({ cells }: TableRow): number {
  const columns = cells.map(columnOf);
  const hasTitle = columns.includes("title") || columns.includes("content");
  return hasTitle ? columns.filter(Boolean).length : 0;
}

interface Parsed {
  record: string[];
  raw: string;
}

function parseRows(text: string, delimiter: string, to?: number): Omit<Table, "names"> {
  const options = {
    ...{ bom: true, info: true, raw: true, delimiter, to },
    ...{ relax_column_count: true, relax_quotes: true, ltrim: true, skip_empty_lines: true },
    record_delimiter: ["\r\n", "\n", "\r"],
  };
  try {
    return { rows: numbered(parse(text, options) as unknown as Parsed[]), openQuote: undefined };
  } catch (error) {
    const { code, raw } = error as { code?: string; raw?: string };
    if (code !== "CSV_QUOTE_NOT_CLOSED" || !raw || !text.endsWith(raw)) throw error;
    const before = text.slice(0, -raw.length);
    return {
      ...parseRows(before, delimiter, to),
      openQuote: 1 + countLineEnds(before) + blankLinesIn(raw),
    };
  }
}

const blankLinesIn = (raw: string) => countLineEnds(/^\s*/.exec(raw)?.[0] ?? "");

/** Each with the line that it begins on; the blank ones before a row are in its raw text. */
function numbered(parsed: readonly Parsed[]): TableRow[] {
  let line = 1;
  return parsed.map(({ record, raw }) => {
    const blank = blankLinesIn(raw);
    const row = { line: line + blank, cells: record };
    line += countLineEnds(raw);
    return row;
  });
}
