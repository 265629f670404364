import { spawn } from "node:child_process";
import { once } from "node:events";
import { createReadStream } from "node:fs";
import { open, stat } from "node:fs/promises";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";

/** A dump that cannot be trusted; the message says why. */
export class DumpError extends Error {
  override readonly name = "DumpError";
}

export interface DumpContents {
  /** The tables that the dump makes. */
  readonly tables: ReadonlySet<string>;
  /** How many rows there are of each table whose data the dump has, by its name. */
  readonly rows: ReadonlyMap<string, number>;
  /** Sequences that have given a number: rows were written once, whoever may see them. */
  readonly used: ReadonlySet<string>;
}

const nameIn = (quoted: string) => quoted.replace(/^.*\./, "").replaceAll('"', "");

/** Counts what a script of pg_dump's would put into each table. */
async function countRows(script: Readable): Promise<DumpContents & { whole: boolean }> {
  const tables = new Set<string>();
  const rows = new Map<string, number>();
  const used = new Set<string>();
  let table: string | undefined;
  let whole = false;
  for await (const line of createInterface({
    input: script,
    crlfDelay: Number.POSITIVE_INFINITY,
  })) {
    if (table !== undefined) {
      if (line === "\\.") table = undefined;
      else rows.set(table, (rows.get(table) ?? 0) + 1);
      continue;
    }
    const made = /^CREATE (?:UNLOGGED )?TABLE (?:\S+?\.)?("[^"]+"|\w+) /.exec(line)?.[1];
    if (made) tables.add(nameIn(made));
    const copied = /^COPY (?:\S+\.)?("[^"]+"|\w+) .*FROM stdin;$/.exec(line)?.[1];
    const inserted = /^INSERT INTO (?:\S+?\.)?("[^"]+"|\w+) /.exec(line)?.[1];
    if (copied) {
      table = nameIn(copied);
      rows.set(table, 0);
    } else if (inserted) rows.set(nameIn(inserted), (rows.get(nameIn(inserted)) ?? 0) + 1);
    const set = /setval\('([^']+)', \d+, true\)/.exec(line)?.[1];
    if (set) used.add(nameIn(set));
    whole ||= line === "-- PostgreSQL database dump complete";
  }
  return { tables, rows, used, whole: whole && table === undefined };
}

/**
 * Reads a dump to its end, in any of pg_dump's formats, and counts its rows. Rejects with `DumpError` where
 * it is cut short or no dump.
 */
export async function readDump(file: string): Promise<DumpContents> {
  const folder = await stat(file).then(
    (found) => found.isDirectory(),
    () => {
      throw new DumpError(`There is no dump at ${file}.`);
    },
  );
  if (!folder && (await isScript(file))) {
    const { whole, ...contents } = await countRows(createReadStream(file));
    if (whole) return contents;
    throw new DumpError(`The dump ${file} is cut short: its last line is missing.`);
  }
  const restoring = spawn("pg_restore", ["--file=-", file], { stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  restoring.stderr.on("data", (text) => (said += text));
  const ended = once(restoring, "close").catch(() => {
    throw new DumpError(
      "pg_restore is not installed here; it comes with PostgreSQL's client programs.",
    );
  });
  const [{ whole, ...contents }, [status]] = await Promise.all([
    countRows(restoring.stdout),
    ended,
  ]);
  if (status === 0 && whole) return contents;
  throw new DumpError(
    `The dump ${file} cannot be read to its end: ${said.trim().split("\n").at(-1)}`,
  );
}

/** What is no archive of pg_dump's begins with a comment. */
async function isScript(file: string): Promise<boolean> {
  const handle = await open(file);
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(512), 0, 512, 0);
  await handle.close();
  const head = buffer.subarray(0, bytesRead).toString("latin1");
  return !head.startsWith("PGDMP") && /^(?:\\restrict .*\n)?\s*--/.test(head);
}
