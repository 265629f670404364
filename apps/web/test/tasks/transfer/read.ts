import { en } from "../../../src/strings/en.ts";
import { createTranslate } from "../../../src/strings/translate.ts";
import type { ReadRules } from "../../../src/tasks/transfer/file-tasks.ts";
import { prepare } from "../../../src/tasks/transfer/prepare.ts";
import { readFile } from "../../../src/tasks/transfer/read-file.ts";

export const t = createTranslate(en, "en-GB");

/** What the page makes of a file, as somebody in Berlin chooses it. */
export async function read(
  name: string,
  content: string | Uint8Array<ArrayBuffer>,
  rules: Partial<ReadRules> = {},
) {
  const file = await readFile(new Blob([content]), {
    timeZone: "Europe/Berlin",
    order: "day",
    name,
    ...rules,
  });
  const { tasks, faults } = prepare(file.tasks, t);
  return { ...file, faults, prepared: tasks, values: tasks.map(({ value }) => value) };
}
