import { execFile } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { appUrl, password, signUp } from "../apps/web/test/support/http.ts";
import { asPrinted, fencesOf } from "./lib/fences.ts";

const run = promisify(execFile);
const modules = fileURLToPath(new URL("../node_modules", import.meta.url));
const fences = await fencesOf("docs/guides/call-it-from-typescript.md");
const script = fences.find(({ language }) => language === "ts")?.text ?? "";
const printed = fences.find(({ language }) => language === "text")?.text ?? "";

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "taskbridge-guide-"));
  // tRPC and nothing else: of our packages the script needs a type, which is gone when it runs.
  await mkdir(join(folder, "node_modules"));
  await symlink(join(modules, "@trpc"), join(folder, "node_modules/@trpc"), "junction");
  await writeFile(join(folder, "package.json"), '{"type":"module"}');
  await writeFile(join(folder, "tasks.ts"), script);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function runScript(email: string, url = appUrl()): Promise<string> {
  const env = { ...process.env, URL: url, EMAIL: email, PASSWORD: password };
  const tsx = join(modules, ".bin/tsx");
  const { stdout } = await run(tsx, ["tasks.ts"], { cwd: folder, env });
  // The byte order mark of CSV, and the carriage returns, nobody sees.
  return stdout.replaceAll("\r\n", "\n").replace("\ufeff", "");
}

test("the script of docs/guides/call-it-from-typescript.md prints what the guide says", async () => {
  const ada = await signUp();
  const output = await runScript(ada.email);
  expect(output).toMatch(asPrinted(printed));
  expect(output).toContain(`${ada.id} adds`);
});

test("it goes through all pages", async () => {
  const ada = await signUp();
  const body = `title\n${"a task\n".repeat(120)}`;
  await ada.tasks("/import", { method: "POST", headers: { "Content-Type": "text/csv" }, body });
  expect(await runScript(ada.email)).toContain("121 are open, due first: Buy oat milk\n");
});

test("it fetches another token once its own is refused, and another one only", async () => {
  const ada = await signUp();
  const late = await appWithTokens(["ended"]);
  expect(await runScript(ada.email, late.url)).toMatch(asPrinted(printed));
  expect(late.tokensAskedFor()).toBe(2);
  await late.close();

  const never = await appWithTokens(["ended", "ended too", "ended as well"]);
  await expect(runScript(ada.email, never.url)).rejects.toThrow("The access token is malformed.");
  expect(never.tokensAskedFor()).toBe(2);
  await never.close();
});

/** The app, at another address, where the first tokens that are asked for are these. */
async function appWithTokens(tokens: string[]) {
  let asked = 0;
  const server = createServer((incoming, answer) => {
    const { url = "", method, headers } = incoming;
    const token = url === "/api/auth/token" ? tokens[asked++] : undefined;
    if (token) return answer.end(JSON.stringify({ token }));
    const own = headers.origin ? { origin: appUrl() } : {};
    const outgoing = request(new URL(url, appUrl()), { method, headers: { ...headers, ...own } });
    outgoing.on("response", (response) => {
      answer.writeHead(response.statusCode ?? 502, response.headers);
      response.pipe(answer);
    });
    outgoing.on("error", () => answer.destroy());
    incoming.pipe(outgoing);
  });
  await once(server.listen(0), "listening");
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    tokensAskedFor: () => asked,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
