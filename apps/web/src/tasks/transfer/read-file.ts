import { decode, type Encoding } from "./decode.ts";
import { type FileTasks, type ReadRules, UnreadableFileError } from "./file-tasks.ts";

export type ReadFile = FileTasks & { encoding: Encoding };

/** Far more than all tasks that somebody may have are long. */
const MAX_BYTES = 64 * 1024 * 1024;

/** Reads a file, whatever it is: which app or format it is of is told by what is in it. */
export async function readFile(file: Blob, rules: ReadRules): Promise<ReadFile> {
  if (file.size > MAX_BYTES) throw new UnreadableFileError("tooLarge");
  const decoded = decode(new Uint8Array(await file.arrayBuffer()));
  if ("unfit" in decoded) throw new UnreadableFileError(decoded.unfit, decoded);
  const { text, encoding } = decoded;
  const read = await readText(text, rules);
  if (read.tasks.length === 0 && !Object.values(read.leftOut ?? {}).some(Boolean)) {
    throw new UnreadableFileError("noTasks");
  }
  return { ...read, encoding };
}

async function readText(text: string, rules: ReadRules): Promise<FileTasks> {
  const body = text.replace(/^\ufeff/, "").trimStart();
  if (body === "") throw new UnreadableFileError("noTasks");
  if (/\.ics$/i.test(rules.name) || /^BEGIN:V(CALENDAR|TODO|EVENT|JOURNAL)\s/i.test(body)) {
    return (await import("./formats/icalendar/icalendar.ts")).readICalendar(text, rules);
  }
  // A list of lines can begin with a bracket too, such as a box to be ticked.
  if (/\.json$/i.test(rules.name) || /^(\[\s*)?\{\s*["}]|^\[\s*\]\s*$/.test(body)) {
    return (await import("./formats/json/json.ts")).readJson(text, rules);
  }
  const csv = await import("./formats/csv/csv.ts");
  // A spreadsheet's "text" is a table as well.
  if (/\.txt$/i.test(rules.name) && !csv.isTable(text)) {
    return (await import("./formats/todo-txt.ts")).readTodoTxt(text, rules);
  }
  return csv.readCsv(text, rules);
}
