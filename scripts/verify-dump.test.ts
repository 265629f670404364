import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { readDump } from "./lib/dump-rows.ts";
import { judgeDump } from "./lib/judge-dump.ts";

const make = [
  'CREATE TABLE public."user" (',
  "CREATE TABLE public.task (",
  "CREATE TABLE public.list (",
];
const users = ['COPY public."user" (id) FROM stdin;', "1", "2", "\\."];
const tasks = ["COPY public.task (id) FROM stdin;", "1", "2", "3", "\\."];
const there = new Map(Object.entries({ user: 2, task: 3, list: 0 }));

async function judge(...lines: string[]) {
  const folder = mkdtempSync(join(tmpdir(), "taskbridge-test-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, "tasks.sql");
  const script = ["-- A dump", ...lines, "-- PostgreSQL database dump complete", ""];
  writeFileSync(file, script.join("\n"));
  return judgeDump(await readDump(file), there);
}

test("a dump of all is taken, also by INSERTs, which empty tables have none of", async () => {
  expect(await judge(...make, ...users, ...tasks)).toBeUndefined();
  const inserts = ["user", "user", "task", "task", "task"].map(
    (name) => `INSERT INTO public."${name}" VALUES (1);`,
  );
  expect(await judge(...make, ...inserts)).toBeUndefined();
});

test.each([
  ["data alone", [...users, ...tasks], /data alone, which cannot be restored/],
  ["tables alone", make, /without its data/],
  ["no tasks", [...make, ...users], /0 of the 3 rows of task/],
  ["a table too few", [...make.slice(0, 2), ...users, ...tasks], /lacks the table list/],
])("a dump of %s is refused", async (_, lines, sentence) => {
  expect(await judge(...lines)).toMatch(sentence);
});
