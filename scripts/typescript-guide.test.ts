import { execFile, spawnSync } from "node:child_process";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { asPrinted, fencesOf } from "./lib/fences.ts";

const run = promisify(execFile);
const root = fileURLToPath(new URL("..", import.meta.url));
const modules = join(root, "node_modules");

const fences = await fencesOf("docs/guides/call-it-from-typescript.md");
const script = fences.find(({ language }) => language === "ts")?.text ?? "";
const complaint = fences.find(({ text }) => text.includes("colour"))?.text ?? "";

// Each is wrong in one place.
const misuses: Record<string, [right: string, wrong: string]> = {
  value: ['sort: "due"', 'sort: "colour"'],
  field: ["changed.priority", "changed.urgency"],
  input: ['title: "Buy oat milk"', "title: 7"],
  procedure: ["api.task.export.query", "api.task.dump.query"],
  error: ["error.data?.code", "error.data?.reason"],
};

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "taskbridge-guide-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** What TypeScript says of these files, a line each. */
async function check(name: string, tsconfig: object, files: Record<string, string>) {
  const at = join(folder, name);
  await mkdir(at, { recursive: true });
  const all = { ...files, "tsconfig.json": JSON.stringify(tsconfig) };
  for (const [file, text] of Object.entries(all)) await writeFile(join(at, file), text);
  const tsc = join(modules, ".bin/tsc");
  return spawnSync(tsc, ["--noEmit", "--pretty", "false"], { cwd: at, encoding: "utf8" }).stdout;
}

const scripts = (text: string) => ({
  "tasks.ts": text,
  ...Object.fromEntries(
    Object.entries(misuses).map(([name, [right, wrong]]) => {
      expect(text).toContain(right);
      return [`misuse-of-${name}.ts`, text.replace(right, wrong)];
    }),
  ),
});

const accused = (said: string) =>
  [...new Set([...said.matchAll(/^(\S+)\(\d+,\d+\): error/gm)].map((match) => match[1]))].sort();
const allMisuses = Object.keys(misuses)
  .map((name) => `misuse-of-${name}.ts`)
  .sort();

describe("the script of docs/guides/call-it-from-typescript.md fits its types, and no misuse does", () => {
  test("in the repository", async () => {
    await mkdir(join(folder, "inside"));
    await symlink(modules, join(folder, "inside/node_modules"), "junction");
    const tsconfig = { extends: "@taskbridge/config/tsconfig.base.json" };
    const said = await check("inside", tsconfig, scripts(script));
    expect(accused(said)).toEqual(allMisuses);
    const ofColour = said.split("\n").find((line) => line.startsWith("misuse-of-value.ts"));
    expect(`${ofColour?.replace("misuse-of-value", "tasks")}\n`).toMatch(asPrinted(complaint));
  });

  test("elsewhere, with the one file that npm run api:types writes", async () => {
    await mkdir(join(folder, "outside/node_modules"), { recursive: true });
    for (const name of ["@trpc", "@types"]) {
      await symlink(join(modules, name), join(folder, "outside/node_modules", name), "junction");
    }
    const types = await run("node", ["--import", "tsx", "scripts/api-types.ts"], { cwd: root });
    const options = { module: "NodeNext", strict: true, skipLibCheck: true, types: ["node"] };
    const tsconfig = { compilerOptions: { target: "ES2024", lib: ["ES2024", "DOM"], ...options } };
    const said = await check("outside", tsconfig, {
      "package.json": '{"type":"module"}',
      "taskbridge.d.ts": types.stdout,
      ...scripts(script.replace('"@taskbridge/api"', '"./taskbridge.d.ts"')),
    });
    expect(accused(said)).toEqual(allMisuses);
  });
});
