import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { banner } from "../apps/web/src/banner.ts";
import { appUrl } from "../apps/web/test/support/http.ts";

// What the documents say to paste is pasted, into the running app.
const root = new URL("..", import.meta.url);
const bash = promisify(execFile);

async function paste(script: string): Promise<string> {
  const env = { ...process.env, URL: appUrl() };
  const { stdout } = await bash("bash", ["-euo", "pipefail", "-c", script], { env });
  return stdout;
}

test("README.md's curl session works as written", async () => {
  const readme = await readFile(new URL("README.md", root), "utf8");
  const [, session = ""] = /## By curl[\s\S]*?```sh\n([\s\S]*?)```/.exec(readme) ?? [];
  const output = await paste(session);
  expect(output).toMatch(/^\{"id":"[^"]+","title":"Buy milk"/);
  expect(output).toMatch(/\{"items":\[\{"id":"[^"]+","title":"Buy milk".*"nextCursor":null\}/);
  expect(output.trimEnd()).toMatch(/403$/);
});

test("so does the one that npm start prints", async () => {
  const settings = {
    ...{ baseUrl: appUrl(), databaseUrl: undefined, dataDir: ".data" },
    ...{ host: "loopback", port: 3000 },
  };
  const lines = banner(settings).split("\n");
  const session = lines.filter((line) => line.startsWith("  ")).join("\n");
  expect(await paste(session)).toContain('"title":"Try Taskbridge"');
});

test("README.md and .env.example name the same settings as both hosts' env.ts", async () => {
  const names = async (file: string, pattern: RegExp) => {
    const text = await readFile(fileURLToPath(new URL(file, root)), "utf8");
    return [...new Set([...text.matchAll(pattern)].map((match) => match[1]))].sort();
  };
  const readBy = (app: string) => names(`apps/${app}/src/env.ts`, /env\.(?!NODE_ENV)([A-Z_]+)/g);
  const read = [...new Set([...(await readBy("web")), ...(await readBy("api"))])].sort();
  expect(await names(".env.example", /^([A-Z_]+)=/gm)).toEqual(read);
  expect(await names("README.md", /^\| `([A-Z_]+)` \|/gm)).toEqual(read);
});
