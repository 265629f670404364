import {
  type FieldError,
  fieldErrorsOf,
  type ImportedTask,
  importedTaskSchema,
  type TaskImport,
  type TaskImportAnswer,
  type TransferFormat,
} from "@taskbridge/contract";
import { newRow } from "../new-row.ts";
import { inTurn, yieldThread } from "../thread.ts";
import { readCsv } from "./csv.ts";
import { readJson } from "./json.ts";
import { refused } from "./records.ts";

/** How many of an import's errors are told. */
const MAX_ERRORS = 100;

interface Importing {
  now: Date;
  /** Adds all rows, or none. */
  insert: (rows: ReturnType<typeof toRow>[]) => Promise<unknown>;
}

/**
 * Adds all tasks of a text, or, if any cannot be accepted, none. The text is read whole, a piece at a time
 * between what others ask, before the first row is written: the one statement that writes them waits for nobody.
 */
export async function importTasks(
  { format, text }: TaskImport,
  { now, insert }: Importing,
): Promise<TaskImportAnswer> {
  const rows = await inTurn(() => readRows(format, text, now));
  await insert(rows);
  return { count: rows.length, ids: rows.map(({ id }) => id) };
}

async function readRows(format: TransferFormat, text: string, now: Date) {
  const records = format === "csv" ? await readCsv(text) : readJson(text);
  const rows: ReturnType<typeof toRow>[] = [];
  const errors: FieldError[] = [];
  for (const [at, { line, value }] of records.entries()) {
    await yieldThread();
    const { success, data, error } = importedTaskSchema.safeParse(value);
    if (success) rows.push(toRow(data, now));
    else {
      const room = MAX_ERRORS - errors.length;
      const ofTask = fieldErrorsOf(error).slice(0, room);
      errors.push(...ofTask.map((e) => ({ ...e, pointer: `/${at}${e.pointer}`, line })));
      if (errors.length === MAX_ERRORS) break;
    }
  }
  if (errors.length === MAX_ERRORS) {
    throw refused(`These are the first ${MAX_ERRORS} errors.`, errors);
  }
  if (errors.length > 0) {
    const bad = records.length - rows.length;
    throw refused(`${bad} of ${records.length} tasks cannot be accepted.`, errors);
  }
  return rows;
}

function toRow({ completed, completedAt, createdAt, ...task }: ImportedTask, now: Date) {
  const done = completed ?? Boolean(completedAt);
  return newRow(task, { completedAt: done ? (completedAt ?? now) : null, createdAt, now });
}
