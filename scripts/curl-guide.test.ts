import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { MAX_IMPORT_BYTES, MAX_IMPORTED_TASKS } from "../packages/contract/src/rules.ts";
import { fencesOf } from "./lib/fences.ts";

const bash = promisify(execFile);

/** Runs a function of the guide, as it stands there. */
async function run(name: string, ...args: string[]): Promise<number> {
  const fences = await fencesOf("docs/guides/call-it-with-curl.md");
  const text = fences.map((fence) => fence.text).join("\n");
  const body = new RegExp(`^${name}\\(\\) \\{(?:.*\\}|[^]*?\n\\})$`, "m").exec(text)?.[0];
  const script = `${body}\n${name} "$@"`;
  return bash("bash", ["-euo", "pipefail", "-c", script, "guide", ...args]).then(
    () => 0,
    ({ code }) => code,
  );
}

async function inFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "taskbridge-guide-"));
  try {
    await work(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

test.each([
  ["12 000 tasks", 12_000, "short"],
  ["8 MB", 1_000, "ä".repeat(4_000)],
  ["none", 0, ""],
])(
  "the guide's parts of an export of %s can each be imported, and are all of it",
  async (_, count, notes) =>
    inFolder(async (folder) => {
      const tasks = Array.from({ length: count }, (_, at) => ({ title: `Task ${at}`, notes }));
      const file = join(folder, "tasks.json");
      await writeFile(file, JSON.stringify(tasks));
      expect(await run("parts", file, folder)).toBe(0);
      const names = (await readdir(folder)).filter((name) => name.startsWith("part-")).sort();
      const parts = await Promise.all(names.map((name) => readFile(join(folder, name))));
      expect(parts.length).toBeGreaterThan(count > 0 ? 1 : 0);
      const read = parts.map((part) => JSON.parse(part.toString()) as unknown[]);
      for (const part of parts) expect(part.length).toBeLessThanOrEqual(MAX_IMPORT_BYTES);
      for (const part of read) expect(part.length).toBeLessThanOrEqual(MAX_IMPORTED_TASKS);
      expect(read.flat()).toEqual(tasks);
    }),
);

test("the guide's check knows a whole CSV from a cut one", async () =>
  inFolder(async (folder) => {
    const file = join(folder, "tasks.csv");
    for (const [text, code] of [
      ['\ufeffid,"updatedAt"\r\n', 0],
      ['\ufeffid,updatedAt\r\n1,"2026-01-01T00:00:00Z"\r\n', 0],
      ['\ufeffid,updatedAt\r\n1,"2026-01-01T00:00:00Z"', 1],
      ["\ufeffid,updatedAt\r\n1,2026-01-01T00:00:00Z\r\n", 1],
      ['\ufeffid,notes,updatedAt\r\n1,"said ""so""\r\n', 1],
      ['\ufeffid,notes,updatedAt\r\n1,"\r\n', 1],
      ['\ufeffid,notes,tags,updatedAt\r\n1,"a","', 1],
    ] as const) {
      await writeFile(file, text);
      expect([text, await run("whole", file)]).toEqual([text, code]);
    }
  }));
