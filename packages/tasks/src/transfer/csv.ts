import { Readable } from "node:stream";
import {
  type CsvColumn,
  csvColumns,
  disarmCell,
  isCutExport,
  MAX_IMPORTED_TASKS,
  splitTags,
} from "@taskbridge/contract";
import { CsvError, parse } from "csv-parse";
import { piecesOf } from "../thread.ts";
import { type ImportRecord, malformed, tooMany } from "./records.ts";

const CUT =
  "This begins as an export and lacks its end: the file was cut off. Export it again or, should it end here, put its last field in quotes.";

type Row = { record: string[]; raw: string; info: { lines: number } };

/** The rows of a CSV text (RFC 4180; a byte order mark and bare line feeds are let pass). */
export async function readCsv(text: string): Promise<ImportRecord[]> {
  if (isCutExport(text)) throw malformed(CUT, text.trimEnd().split("\n").length);
  const [header, ...rows] = await parseRows(text);
  if (!header) throw malformed("The text is empty: a header row is needed.", 1);
  const columns = readHeader(header.record);
  if (rows.length > MAX_IMPORTED_TASKS) throw tooMany();
  return rows.map((row) => ({
    // The parser counts to the row's end; quoted fields may hold line feeds.
    line: row.info.lines - (row.raw.trim().match(/\n/g)?.length ?? 0),
    value: toValue(columns, row.record),
  }));
}

async function parseRows(text: string): Promise<Row[]> {
  assertNarrow(text);
  const rows: Row[] = [];
  const options = { bom: true, info: true, raw: true, skip_empty_lines: true };
  const parser = parse({ ...options, record_delimiter: ["\r\n", "\n"] });
  try {
    for await (const row of Readable.from(piecesOf(text)).pipe(parser)) {
      rows.push(row as Row);
      // The header, and one row more than may be: enough to know that there are too many.
      if (rows.length > MAX_IMPORTED_TASKS + 1) break;
    }
    return rows;
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const { lines } = error as CsvError & { lines?: number };
    throw malformed(sentences[error.code] ?? "The row is not valid CSV.", lines);
  }
}

/** The longest notes have so many commas, and a row of millions of fields would be made an array. */
const MAX_COMMAS = 25_000;

function assertNarrow(text: string): void {
  let commas = 0;
  let line = 1;
  for (let at = 0; at < text.length; at++) {
    const character = text.charCodeAt(at);
    if (character === 0x0a) {
      line += 1;
      commas = 0;
    } else if (character === 0x2c && ++commas > MAX_COMMAS) {
      throw malformed("The row has far too many fields.", line);
    }
  }
}

const sentences: Partial<Record<string, string>> = {
  CSV_QUOTE_NOT_CLOSED: "A quoted field has no closing quote.",
  CSV_INVALID_CLOSING_QUOTE: "A quoted field goes on after its closing quote.",
  INVALID_OPENING_QUOTE: "A quote stands within a field that is not quoted.",
  CSV_RECORD_INCONSISTENT_FIELDS_LENGTH: "The row has not as many fields as the header.",
};

function readHeader(names: string[]): CsvColumn[] {
  const columns = names.map((name) => {
    const column = csvColumns.find((known) => known === name.trim());
    if (!column) throw malformed(`"${name.slice(0, 50)}" is not a known column.`, 1);
    return column;
  });
  if (new Set(columns).size < columns.length) throw malformed("A column stands twice.", 1);
  if (!columns.includes("title")) throw malformed("There is no column title.", 1);
  return columns;
}

/** A cell becomes what JSON would have; an empty one leaves its field out. */
function toValue(columns: CsvColumn[], cells: string[]): Record<string, unknown> {
  const fields = columns.map((column, at) => [column, cells[at] ?? ""] as const);
  return Object.fromEntries(
    fields
      .filter(([column, cell]) => cell !== "" || column === "title")
      .map(([column, cell]) => [column, readCell(column, cell)]),
  );
}

function readCell(column: CsvColumn, cell: string): unknown {
  const text = disarmCell(cell);
  if (column === "tags") return splitTags(text);
  if (column === "completed" && /^(true|false)$/i.test(text)) return text.toLowerCase() === "true";
  return text;
}
