import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { appUrl, type Person, signUp } from "../apps/web/test/support/http.ts";
import { ownDatabase } from "../apps/web/test/support/own-database.ts";
import { type App, freePort, startApp } from "../apps/web/test/support/start-app.ts";
import { findPython } from "./python.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const secret = "a secret of the tests which is long enough to be taken";
const newSecret = "the next secret of the tests, which is long enough too";

const python = findPython();

interface Example {
  name: string;
  path: string;
  command: (port: string) => [command: string, args: string[]];
}

/** What a service is given to verify with. */
interface Trust {
  name: string;
  app: () => string;
  settings: () => Record<string, string>;
  /** Which examples can be given it; all where nothing else is said. */
  takenBy?: string;
}

let withKeyPairs: App;
let database: Awaited<ReturnType<typeof ownDatabase>>;
beforeAll(async () => {
  database = await ownDatabase();
  withKeyPairs = await startApp({ DATABASE_URL: database.url, BRIDGE_ALG: "EdDSA" });
}, 120_000);
afterAll(async () => {
  await withKeyPairs.stop();
  await database.remove();
});

function printedKey(settings: Record<string, string>): string {
  const env = { ...process.env, BETTER_AUTH_SECRETS_PREVIOUS: "", BRIDGE_ALG: "", ...settings };
  const printed = spawnSync("npm", ["run", "--silent", "bridge:key"], { cwd: root, env });
  const [, key = ""] = /^base64url {2}([A-Za-z0-9_-]{43})$/m.exec(String(printed.stdout)) ?? [];
  return key;
}

const trusts: Trust[] = [
  { name: "the secret", app: appUrl, settings: () => ({ BETTER_AUTH_SECRET: secret }) },
  {
    name: "the secret of before",
    app: appUrl,
    settings: () => ({ BETTER_AUTH_SECRET: newSecret, BETTER_AUTH_SECRETS_PREVIOUS: secret }),
  },
  {
    name: "the derived key alone, as `npm run bridge:key` prints it",
    app: appUrl,
    settings: () => ({ BRIDGE_KEY: printedKey({ BETTER_AUTH_SECRET: secret }) }),
    takenBy: "fastapi",
  },
  {
    name: "the public keys alone",
    app: () => withKeyPairs.url,
    settings: () => ({ BRIDGE_JWKS_URL: `${withKeyPairs.url}/api/auth/jwks` }),
  },
];

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

const services = examples.flatMap((example) =>
  trusts
    .filter(({ takenBy = example.name }) => takenBy === example.name)
    .map((trust) => ({ ...example, trust, title: `${example.name}, with ${trust.name}` })),
);

describe.each(services)("$title", ({ command, path, trust }) => {
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
    const env: NodeJS.ProcessEnv = {
      NODE_ENV: "production",
      PATH: process.env.PATH,
      ...trust.settings(),
      BETTER_AUTH_URL: trust.app(),
      NOTES_DATABASE: join(folder, "notes.sqlite3"),
      PORT: port,
    };
    child = spawn(file, args, { cwd: root, env, stdio: "ignore" });
    [ada, bob] = await Promise.all([signUp("Ada", trust.app()), signUp("Bob", trust.app())]);
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
    // Signed all right, and no access token for here.
    const elsewhere = trust.app() === appUrl() ? withKeyPairs.url : appUrl();
    const { token } = await signUp("Eve", elsewhere);
    expect((await ask(ada, token)).status).toBe(401);
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

test("bridge:key prints a key for each accepted secret, and none for others where there is none to share", () => {
  const run = (settings: Record<string, string>) => {
    const env = { ...process.env, BETTER_AUTH_SECRET: newSecret, ...settings };
    return String(spawnSync("npm", ["run", "--silent", "bridge:key"], { cwd: root, env }).stdout);
  };
  const both = run({ BETTER_AUTH_SECRETS_PREVIOUS: secret });
  const keys = [...both.matchAll(/^JWK +(.*)$/gm)].map(([, jwk = ""]) => JSON.parse(jwk));
  expect(keys).toMatchObject([{ kty: "oct" }, { kty: "oct" }]);
  expect(keys[1].k).toBe(printedKey({ BETTER_AUTH_SECRET: secret }));
  const withKeyPairs = run({ BRIDGE_ALG: "EdDSA" });
  expect(withKeyPairs).toMatch(/public keys are at http.*\/api\/auth\/jwks\n$/);
  expect(withKeyPairs).not.toContain("JWK ");
});
