import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { appUrl, type Person, signUp } from "../apps/web/test/support/http.ts";
import { freePort } from "../apps/web/test/support/start-app.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const secret = "a secret of the tests, long enough to be taken";

// Debian's packages go with Debian's Python, whichever other one comes first on the path.
const python = ["/usr/bin/python3", "python3"].find(
  (command) => spawnSync(command, ["-c", "import fastapi, uvicorn, jwt"]).status === 0,
);
if (!python) {
  const missing =
    "Left out for want of FastAPI: apt-get install python3-fastapi python3-uvicorn python3-jwt";
  if (process.env.CI === "true") throw new Error(missing);
  process.stdout.write(`${missing}\n`);
}

interface Example {
  name: string;
  path: string;
  command: (port: string) => [command: string, args: string[]];
}

const examples: Example[] = [
  {
    name: "node",
    path: "greeting",
    command: () => [process.execPath, ["--import", "tsx", "examples/node/server.ts"]],
  },
];
if (python) {
  examples.push({
    name: "fastapi",
    path: "notes",
    command: (port) => [
      python,
      ["-m", "uvicorn", "--app-dir", "examples/fastapi", "main:app", "--port", port],
    ],
  });
}

describe.each(examples)("$name", ({ command, path }) => {
  const folder = mkdtempSync(join(tmpdir(), "taskbridge-example-"));
  let child: ChildProcess;
  let origin: string;
  let ada: Person;
  let bob: Person;

  const ask = (person: Person, token?: string, init: RequestInit = {}) =>
    fetch(`${origin}/api/${person.id}/${path}`, {
      ...init,
      headers: { ...(token && { Authorization: `Bearer ${token}` }), ...init.headers },
    });

  beforeAll(async () => {
    const port = String(await freePort());
    origin = `http://127.0.0.1:${port}`;
    const [file, args] = command(port);
    const env = {
      ...process.env,
      BETTER_AUTH_SECRET: secret,
      BETTER_AUTH_URL: appUrl(),
      NOTES_DATABASE: join(folder, "notes.sqlite3"),
      PORT: port,
    };
    child = spawn(file, args, { cwd: root, env, stdio: "ignore" });
    [ada, bob] = await Promise.all([signUp("Ada"), signUp("Bob")]);
    await vi.waitFor(() => fetch(origin), { timeout: 20_000 });
  });

  afterAll(() => {
    child.kill();
    rmSync(folder, { recursive: true, force: true });
  });

  test("takes the app's token for its own user's path alone", async () => {
    expect((await ask(ada, ada.token)).status).toBe(200);
    expect((await ask(ada, bob.token)).status).toBe(403);
    expect((await ask(bob, bob.token)).status).toBe(200);
  });

  test("says 401 without a token, and why with a bad one", async () => {
    const missing = await ask(ada);
    expect(missing.status).toBe(401);
    expect(missing.headers.get("www-authenticate")).toBe('Bearer realm="taskbridge"');
    const forged = await ask(ada, `${ada.token.slice(0, -4)}AAAA`);
    expect(forged.status).toBe(401);
    expect(forged.headers.get("www-authenticate")).toContain('error="invalid_token"');
  });

  test("keeps what it stores apart, where it stores anything", async () => {
    if (path !== "notes") return;
    const body = JSON.stringify({ text: "Ada's note" });
    const headers = { "Content-Type": "application/json" };
    expect((await ask(ada, ada.token, { method: "POST", body, headers })).status).toBe(201);
    expect(await (await ask(ada, ada.token)).json()).toMatchObject([{ text: "Ada's note" }]);
    expect(await (await ask(bob, bob.token)).json()).toEqual([]);
  });
});
