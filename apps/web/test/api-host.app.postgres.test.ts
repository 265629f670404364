import { deriveKey } from "@taskbridge/bridge";
import { createDb } from "@taskbridge/db";
import { bareClient } from "@taskbridge/db/bare-client";
import { type CuttableProxy, cuttableProxy } from "@taskbridge/db/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { accepted, bothDoors, revoked, unknown, untilAnswered } from "./support/doors.ts";
import { type Person, post, signUp } from "./support/http.ts";
import { ownDatabase } from "./support/own-database.ts";
import {
  type App,
  apiHost,
  freePort,
  launch,
  startApiHost,
  startApp,
} from "./support/start-app.ts";

// The web host, and two hosts of the API alone on its database: one with the secret, one with the
// derived key alone and behind a proxy that can be cut.
const secret = "a secret of these tests which is long enough to be taken";
let web: App;
let api: App;
let withKey: App;
let proxy: CuttableProxy;
let databaseUrl: string;
let settings: Record<string, string>;
const cleanUp: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  const database = await ownDatabase();
  cleanUp.push(database.remove);
  databaseUrl = database.url;
  proxy = await cuttableProxy(databaseUrl);
  cleanUp.push(proxy.close);
  const PORT = String(await freePort());
  settings = {
    BETTER_AUTH_URL: `http://localhost:${PORT}`,
    BETTER_AUTH_SECRET: secret,
    DATABASE_URL: databaseUrl,
    RATE_LIMIT: "on",
    API_RATE_LIMIT: "60",
  };
  web = await startApp({ ...settings, PORT });
  cleanUp.push(() => web.stop());
  api = await startApiHost(settings);
  cleanUp.push(() => api.stop());
  withKey = await startApiHost({
    ...settings,
    BETTER_AUTH_SECRET: "",
    ACCESS_TOKEN_KEY: Buffer.from(await deriveKey(secret)).toString("base64url"),
    DATABASE_URL: proxy.url,
  });
  cleanUp.push(() => withKey.stop());
}, 120_000);

afterAll(async () => {
  for (const undo of cleanUp.reverse()) await undo();
}, 60_000);

const call = (app: App, path: string, { token }: Pick<Person, "token">, init: RequestInit = {}) =>
  fetch(app.url + path, {
    ...init,
    headers: {
      Authorization: `Bearer ${token}`,
      "Content-Type": "application/json",
      ...init.headers,
    },
  });

/** All of an answer but what names the request, the moment and the connection. */
async function bytesOf(response: Response) {
  const text = (await response.text()).replace(/"requestId":"[^"]*"/, "");
  const passing = ["date", "x-request-id", "ratelimit", "content-length"];
  const headers = [...response.headers].filter(([name]) => !passing.includes(name));
  return { status: response.status, headers, text };
}

test("who signed up at the web host works at the API's own hosts, and only with what is theirs", async () => {
  const [ada, bob] = [await signUp("Ada", web.url), await signUp("Bob", web.url)];
  for (const host of [api, withKey]) {
    const at = `/api/${ada.id}/tasks`;
    const body = JSON.stringify({ title: "Bread" });
    const created = await call(host, at, ada, { method: "POST", body });
    expect(created.status).toBe(201);
    const { id } = await created.json();
    const patch = { method: "PATCH", body: JSON.stringify({ completed: true }) };
    expect((await call(host, `${at}/${id}`, ada, patch)).status).toBe(200);
    const { items } = await (await call(web, `${at}?status=completed`, ada)).json();
    expect(items).toContainEqual(expect.objectContaining({ id, title: "Bread" }));

    for (const [path, who, status] of [
      [`/api/${bob.id}/tasks/${id}`, bob, 404],
      [`/api/trpc/task.get?input=${encodeURIComponent(JSON.stringify({ id }))}`, bob, 404],
      [at, bob, 403],
      [at, { token: "bad" }, 401],
      [`${at}?limit=0`, ada, 422],
      ["/api/nothing", bob, 404],
      [at, ada, 200],
      ["/api/openapi.json", ada, 200],
    ] as const) {
      const here = await bytesOf(await call(host, path, who));
      expect(here.status, path).toBe(status);
      expect(here).toEqual(await bytesOf(await call(web, path, who)));
    }
  }
});

test("a cursor of one host leads on at each other", async () => {
  const ada = await signUp("Ada", web.url);
  const at = `/api/${ada.id}/tasks`;
  for (const title of ["one", "two", "three"]) {
    await call(web, at, ada, { method: "POST", body: JSON.stringify({ title }) });
  }
  for (const [first, next] of [
    [web, api],
    [web, withKey],
    [withKey, web],
    [api, withKey],
  ] as const) {
    const page = await (await call(first, `${at}?limit=2`, ada)).json();
    const after = `${at}?limit=2&cursor=${encodeURIComponent(page.nextCursor)}`;
    const { items, nextCursor } = await (await call(next, after, ada)).json();
    expect(items).toEqual([expect.objectContaining({ title: "one" })]);
    expect(nextCursor).toBeNull();
  }
});

test("a sign-out at the web host ends the token here within a second, and nobody else's", async () => {
  const [ada, bob] = [await signUp("Ada", web.url), await signUp("Bob", web.url)];
  const doorsOf = (app: App, { id, token }: Person) => bothDoors(id, token, app.url);
  for (const app of [api, withKey]) expect(await doorsOf(app, ada)).toEqual(accepted);
  await post("/api/auth/sign-out", {}, { Cookie: ada.cookie }, web.url);
  await Promise.all(
    [api, withKey].map((app) => untilAnswered(() => doorsOf(app, ada), revoked, 1_000)),
  );
  for (const app of [api, withKey]) expect(await doorsOf(app, bob)).toEqual(accepted);
});

test("all hosts count a user's calls together, and another user's apart", async () => {
  const [ada, bob] = [await signUp("Ada", web.url), await signUp("Bob", web.url)];
  const statuses: number[] = [];
  for (let turn = 0; turn < 75; turn += 1) {
    const app = [web, api, withKey][turn % 3] as App;
    statuses.push((await call(app, `/api/${ada.id}/tasks`, ada)).status);
  }
  const answered = statuses.filter((status) => status === 200).length;
  expect(answered).toBeLessThanOrEqual(60);
  // Two of them may have leased five each that they did not come to use.
  expect(answered).toBeGreaterThanOrEqual(50);
  expect(statuses.at(-1)).toBe(429);
  expect((await call(api, `/api/${bob.id}/tasks`, bob)).status).toBe(200);
});

describe("what a host of the API alone", () => {
  test("does not have answers 404 in the usual words: sign-in and pages", async () => {
    const ada = await signUp("Ada", web.url);
    for (const path of ["/api/auth/ok", "/api/auth/token", "/api/auth/tasks", "/", "/sign-in"]) {
      const answer = await fetch(api.url + path, { headers: { Cookie: ada.cookie } });
      expect(answer.status, path).toBe(404);
      expect(answer.headers.get("content-type")).toBe("application/problem+json");
      expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
      expect(await answer.json()).toMatchObject({
        code: "route_not_found",
        requestId: answer.headers.get("x-request-id"),
      });
    }
  });

  test("tells a load balancer: whether it reaches the database, as the web host does", async () => {
    for (const app of [web, api]) {
      const health = await fetch(`${app.url}/api/health`);
      expect([health.status, await health.json()]).toEqual([200, { ok: true }]);
    }
    const put = await fetch(`${api.url}/api/health`, { method: "PUT" });
    expect([put.status, put.headers.get("allow")]).toEqual([405, "GET, HEAD"]);
    const ada = await signUp("Ada", web.url);

    proxy.cut();
    await untilAnswered(() => bothDoors(ada.id, ada.token, withKey.url), unknown, 9_000);
    const health = await fetch(`${withKey.url}/api/health`);
    expect([health.status, health.headers.get("retry-after")]).toEqual([503, "1"]);
    expect(await health.json()).toMatchObject({ status: 503, code: "unavailable" });
    expect((await fetch(`${api.url}/api/health`)).status).toBe(200);
    proxy.mend();
    await untilAnswered(() => bothDoors(ada.id, ada.token, withKey.url), accepted, 3_000);
    expect((await fetch(`${withKey.url}/api/health`)).status).toBe(200);
  });

  test("logs is JSON, line by line, and never a secret, a key or a token", async () => {
    const ada = await signUp("Ada", web.url);
    await call(api, `/api/${ada.id}/tasks`, ada);
    const key = Buffer.from(await deriveKey(secret));
    for (const app of [api, withKey]) {
      const [before = "", logged = ""] = app.output().split("Ctrl-C stops it.\n");
      expect(before).toContain(`port ${new URL(app.url).port}, to `);
      expect(before).toContain(`tokens of ${web.url}`);
      for (const line of logged.split("\n").filter(Boolean)) {
        expect(JSON.parse(line)).toHaveProperty("level");
      }
      for (const hidden of [secret, key.toString("base64url"), key.toString("hex"), ada.token]) {
        expect(app.output()).not.toContain(hidden);
      }
    }
  });
});

test("with EdDSA it takes the public keys from the web host, and no token of the other kind", async () => {
  const PORT = String(await freePort());
  const pairs = { ...settings, BRIDGE_ALG: "EdDSA", BETTER_AUTH_URL: `http://localhost:${PORT}` };
  const issuer = await startApp({ ...pairs, PORT });
  try {
    const verifier = await startApiHost(pairs);
    try {
      const [ada, bob] = [await signUp("Ada", issuer.url), await signUp("Bob", issuer.url)];
      expect(await bothDoors(ada.id, ada.token, verifier.url)).toEqual(accepted);
      const [foreign] = await bothDoors(ada.id, bob.token, verifier.url);
      expect(foreign).toEqual({ status: 403, code: "forbidden" });
      const eve = await signUp("Eve", web.url);
      const [refused] = await bothDoors(eve.id, eve.token, verifier.url);
      expect(refused).toEqual({ status: 401, code: "token_algorithm" });
    } finally {
      expect(await verifier.stop()).toBe(0);
    }
  } finally {
    await issuer.stop();
  }
});

describe("a host of the API alone ends with one sentence and status 1 for", () => {
  async function failure(changed: Record<string, string>) {
    const all = { ...settings, PORT: String(await freePort()), ...changed };
    const { ended, output } = launch(all, apiHost);
    const status = await ended;
    expect(status).toBe(1);
    expect(output()).not.toContain("    at ");
    return output().trim().split("\n").at(-1);
  }

  test("a setting that is missing", async () => {
    expect(await failure({ DATABASE_URL: "" })).toContain("DATABASE_URL is missing");
  });

  test("a database out of reach, without its password", async () => {
    const at = `127.0.0.1:${await freePort()}`;
    const last = await failure({ DATABASE_URL: `postgresql://me:hush-hush@${at}/tasks` });
    expect(last).toMatch(/^Cannot use the database tasks at 127.0.0.1/);
    expect(last).not.toContain("hush-hush");
  });

  test("a taken port", async () => {
    const { port } = new URL(api.url);
    expect(await failure({ PORT: port })).toBe(
      `Port ${port} is taken; stop what uses it or set PORT in .env.`,
    );
  });

  test("a database that lacks a migration, which it does not apply", async () => {
    const db = createDb(databaseUrl);
    const client = bareClient(db);
    const [last] = await client.$queryRaw<{ name: string }[]>`
      UPDATE "_prisma_migrations" SET finished_at = NULL
      WHERE migration_name = (SELECT max(migration_name) FROM "_prisma_migrations")
      RETURNING migration_name AS name`;
    try {
      expect(await failure({})).toBe(
        `The database lacks the migration ${last?.name}: start the web host of this version on it first, which applies them.`,
      );
    } finally {
      await client.$executeRaw`
        UPDATE "_prisma_migrations" SET finished_at = now() WHERE finished_at IS NULL`;
      await db.close();
    }
  });

  test("a database that would not keep users apart", async () => {
    const db = createDb(databaseUrl);
    const client = bareClient(db);
    await client.$executeRaw`ALTER TABLE "task" NO FORCE ROW LEVEL SECURITY`;
    try {
      expect(await failure({})).toMatch(/^Requests could reach everybody's rows in /);
    } finally {
      await client.$executeRaw`ALTER TABLE "task" FORCE ROW LEVEL SECURITY`;
      await db.close();
    }
  });
});
