import { spawn } from "node:child_process";
import { once } from "node:events";
import { connect } from "node:net";
import { fileURLToPath } from "node:url";
import type { AppRouter } from "@taskbridge/api";
import { createTRPCClient, httpBatchLink, httpBatchStreamLink } from "@trpc/client";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { isOutage } from "../src/trpc/failure.ts";
import { accepted, bothDoors, revoked, untilAnswered } from "./support/doors.ts";
import { type Person, post, signUp } from "./support/http.ts";
import { ownDatabase } from "./support/own-database.ts";
import { sendRaw } from "./support/raw-http.ts";
import { type App, freePort, settingsOf, startApiHost, startApp } from "./support/start-app.ts";

// The web host, which passes calls of the API on to a host of the API alone.
let web: App;
let api: App;
let settings: Record<string, string>;
let apiPort: string;
const cleanUp: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  const { url, remove } = await ownDatabase();
  cleanUp.push(remove);
  const PORT = String(await freePort());
  apiPort = String(await freePort());
  settings = { BETTER_AUTH_URL: `http://localhost:${PORT}`, DATABASE_URL: url };
  web = await startApp({ ...settings, PORT, API_URL: `http://127.0.0.1:${apiPort}` });
  cleanUp.push(() => web.stop());
  api = await startApiHost({ ...settings, PORT: apiPort });
  cleanUp.push(() => api.stop());
}, 120_000);

afterAll(async () => {
  for (const undo of cleanUp.reverse()) await undo();
}, 60_000);

const call = (at: string, path: string, token: string, init: RequestInit = {}) =>
  fetch(at + path, {
    ...init,
    headers: {
      Authorization: `Bearer ${token}`,
      "Content-Type": "application/json",
      ...init.headers,
    },
  });

function trpcAt({ url }: { url: string }, { token }: Person) {
  const options = { url: `${url}/api/trpc`, headers: { Authorization: `Bearer ${token}` } };
  return {
    batched: createTRPCClient<AppRouter>({ links: [httpBatchLink(options)] }),
    streamed: createTRPCClient<AppRouter>({ links: [httpBatchStreamLink(options)] }),
  };
}

/** All of an answer but the moment and the connection. */
async function told(response: Response) {
  const passing = ["date", "keep-alive", "connection", "transfer-encoding"];
  const headers = [...response.headers].filter(([name]) => !passing.includes(name));
  return { status: response.status, headers, text: await response.text() };
}

test("both answer the same, byte for byte, to two users", async () => {
  const [ada, bob] = [await signUp("Ada", web.url), await signUp("Bob", web.url)];
  const tasks = `/api/${ada.id}/tasks`;
  const body = JSON.stringify({ title: "Bread" });
  const created = await call(web.url, tasks, ada.token, { method: "POST", body });
  expect(created.status).toBe(201);
  const etag = created.headers.get("etag") ?? "";
  const task = `${tasks}/${(await created.json()).id}`;
  const headers = { "X-Request-Id": "the-same" };
  for (const [path, token, init, status] of [
    [tasks, ada.token, {}, 200],
    [tasks, ada.token, { method: "HEAD" }, 200],
    [tasks, ada.token, { method: "OPTIONS" }, 204],
    [tasks, bob.token, {}, 403],
    [tasks, "bad", {}, 401],
    [`${tasks}?limit=0`, ada.token, {}, 422],
    [tasks, ada.token, { method: "POST", body: "{" }, 400],
    [tasks, ada.token, { method: "DELETE" }, 405],
    [task, ada.token, { headers: { ...headers, "If-None-Match": etag } }, 304],
    [task, ada.token, { method: "PUT", body }, 428],
    [task.replace(ada.id, bob.id), bob.token, {}, 404],
    ["/api/nothing", ada.token, {}, 404],
    ["/api/health", ada.token, {}, 200],
    ["/api/openapi.json", ada.token, {}, 200],
    ["/api/trpc/session.whoami", ada.token, {}, 200],
    ["/api/trpc/session.whoami", "bad", {}, 401],
    ["/api/trpc/task.nothing", ada.token, {}, 404],
  ] as const) {
    const here = await told(await call(web.url, path, token, { headers, ...init }));
    expect(here.status, path).toBe(status);
    expect(here).toEqual(await told(await call(api.url, path, token, { headers, ...init })));
  }
});

test("what the browser needs works: batches, mutations, an export's stream, an import, a sign-out", async () => {
  const [ada, bob] = [await signUp("Ada", web.url), await signUp("Bob", web.url)];
  const { batched, streamed } = trpcAt(web, ada);
  const names = ["one", "two", "three"];
  const made = await Promise.all(names.map((title) => batched.task.create.mutate({ title })));
  expect(made.map(({ title }) => title)).toEqual(names);
  const [first] = made;
  await batched.task.update.mutate({ id: first?.id ?? "", version: 1, completed: true });

  const lines = Array.from({ length: 5_000 }, (_, n) => ({
    title: `Imported ${n}`,
    notes: "é".repeat(100),
  }));
  const sent = JSON.stringify(lines);
  expect(sent.length).toBeGreaterThan(500_000);
  const imported = await call(web.url, `/api/${ada.id}/tasks/import`, ada.token, {
    method: "POST",
    body: sent,
  });
  expect([imported.status, await imported.json()]).toEqual([
    200,
    expect.objectContaining({ count: 5_000 }),
  ]);

  const exported = await call(web.url, `/api/${ada.id}/tasks/export?format=json`, ada.token);
  expect((await exported.json()).length).toBe(5_003);
  let seen = 0;
  for await (const page of await streamed.task.export.query({})) seen += [page].flat().length;
  expect(seen).toBeGreaterThan(0);
  expect((await trpcAt(web, bob).batched.task.list.query({})).items).toEqual([]);

  await post("/api/auth/sign-out", {}, { Cookie: ada.cookie }, web.url);
  await untilAnswered(() => bothDoors(ada.id, ada.token, web.url), revoked, 1_000);
  expect(await bothDoors(bob.id, bob.token, web.url)).toEqual(accepted);
});

test("a body that nobody announced is bounded on its way", async () => {
  const ada = await signUp("Ada", web.url);
  const head = [
    `POST /api/${ada.id}/tasks HTTP/1.1`,
    "Host: localhost",
    `Authorization: Bearer ${ada.token}`,
    "Content-Type: application/json",
    "Transfer-Encoding: chunked",
  ];
  // No client sends as long as this; it goes on until it is told to stop.
  const socket = connect(Number(new URL(web.url).port), "127.0.0.1");
  socket.on("error", () => {});
  socket.write(`${head.join("\r\n")}\r\n\r\n`);
  const answered = once(socket, "data");
  const closed = once(socket, "close");
  const writing = setInterval(() => socket.write(`2000\r\n${" ".repeat(0x2000)}\r\n`), 1);
  const [first] = await answered;
  await closed;
  clearInterval(writing);
  expect(String(first)).toMatch(/^HTTP\/1\.1 413 /);
  expect(await bothDoors(ada.id, ada.token, web.url)).toEqual(accepted);
});

test("who stops in the middle of a body is no failure to be logged, at either host", async () => {
  const ada = await signUp("Ada", web.url);
  const before = [web, api].map(({ output }) => output());
  const head = [
    `POST /api/${ada.id}/tasks HTTP/1.1`,
    "Host: localhost",
    `Authorization: Bearer ${ada.token}`,
    "Content-Type: application/json",
    "Content-Length: 9",
  ];
  for (let turn = 0; turn < 10; turn += 1) {
    await sendRaw(web.url, `${head.join("\r\n")}\r\n\r\n{`);
  }
  expect(await bothDoors(ada.id, ada.token, web.url)).toEqual(accepted);
  expect([web, api].map(({ output }) => output())).toEqual(before);
});

test("under Next's own routing as well", { timeout: 120_000 }, async () => {
  const port = String(await freePort());
  const next = fileURLToPath(new URL("../../../node_modules/next/dist/bin/next", import.meta.url));
  const child = spawn(process.execPath, [next, "start", "--port", port], {
    cwd: fileURLToPath(new URL("..", import.meta.url)),
    stdio: ["ignore", "pipe", "inherit"],
    env: settingsOf({ ...settings, PORT: port, API_URL: api.url }),
  });
  try {
    for await (const chunk of child.stdout) if (/Ready/.test(String(chunk))) break;
    const [ada, bob] = [await signUp("Ada", web.url), await signUp("Bob", web.url)];
    const url = `http://localhost:${port}`;
    expect(await bothDoors(ada.id, ada.token, url)).toEqual(accepted);
    const [foreign] = await bothDoors(ada.id, bob.token, url);
    expect(foreign).toEqual({ status: 403, code: "forbidden" });
    const body = JSON.stringify({ title: "Bread" });
    const made = await call(url, `/api/${ada.id}/tasks`, ada.token, { method: "POST", body });
    expect([made.status, (await made.json()).title]).toEqual([201, "Bread"]);
    const { items } = await trpcAt({ url }, ada).batched.task.list.query({});
    expect(items).toHaveLength(1);
  } finally {
    child.kill();
    await once(child, "exit");
  }
});

describe("without the host behind", () => {
  test("calls are answered 503 until it is back; sign-in and pages go on", async () => {
    const [ada, bob] = [await signUp("Ada", web.url), await signUp("Bob", web.url)];
    await api.stop("SIGKILL");
    const away = { status: 503, code: "unavailable" };
    for (const { id, token } of [ada, bob]) {
      expect(await bothDoors(id, token, web.url)).toEqual([away, away]);
    }
    const refused = await call(web.url, `/api/${ada.id}/tasks`, ada.token);
    expect(refused.headers.get("retry-after")).toBe("1");
    expect(await refused.json()).toMatchObject({
      detail: "The API is out of reach at the moment; try again shortly.",
      requestId: refused.headers.get("x-request-id"),
    });
    const failure = await trpcAt(web, ada)
      .batched.task.list.query({})
      .catch((error) => error);
    expect(isOutage(failure)).toBe(true);
    expect((await fetch(`${web.url}/api/auth/ok`)).status).toBe(200);
    expect((await fetch(`${web.url}/sign-in`)).status).toBe(200);
    expect(await signUp("Eve", web.url)).toHaveProperty("token");

    api = await startApiHost({ ...settings, PORT: apiPort });
    expect(await bothDoors(ada.id, ada.token, web.url)).toEqual(accepted);
    const [foreign] = await bothDoors(ada.id, bob.token, web.url);
    expect(foreign).toEqual({ status: 403, code: "forbidden" });
    expect(web.output()).toContain("ECONNREFUSED");
  });
});
