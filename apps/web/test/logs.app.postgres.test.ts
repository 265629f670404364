import { createHmac, hkdfSync } from "node:crypto";
import { once } from "node:events";
import { type CuttableProxy, cuttableProxy } from "@taskbridge/db/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { badRequests, type Canaries } from "./support/bad-requests.ts";
import { bothDoors, unknown, untilAnswered } from "./support/doors.ts";
import { failWrites } from "./support/failing-writes.ts";
import { cookiesOf } from "./support/http.ts";
import { ownDatabase } from "./support/own-database.ts";
import { sendRaw } from "./support/raw-http.ts";
import { type App, startApp } from "./support/start-app.ts";

// One app is shown every kind of bad request, then loses its database; then all that it printed is
// looked at.
const secret = "canary-secret-0f6c2be14d7a9835-of-the-server";
const databasePassword = "canary-of-the-database";
const password = "canary-sings-at-dawn-41";
const email = "canary.lovelace@example.com";

let app: App;
let proxy: CuttableProxy;
let database: Awaited<ReturnType<typeof ownDatabase>>;
let canaries: Canaries;
/** All that was printed after the banner. */
let lines: string[] = [];

beforeAll(async () => {
  database = await ownDatabase();
  proxy = await cuttableProxy(database.url);
  app = await startApp({
    BETTER_AUTH_SECRET: secret,
    DATABASE_URL: proxy.url.replace("postgres@", `postgres:${databasePassword}@`),
  });
  const banner = app.output().length;
  canaries = await signUp();
  const requests = badRequests(app.url, canaries);
  for (const request of requests) await sendRaw(app.url, request);
  await failWrites(database.url);
  for (const request of requests) await sendRaw(app.url, request);
  await useDoors();
  proxy.cut();
  for (const request of requests) await sendRaw(app.url, request);
  await useDoors();
  const { userId, token } = canaries;
  await untilAnswered(() => bothDoors(userId, token, app.url), unknown, 20_000);
  const closed = once(app.child, "close");
  await app.stop();
  await closed;
  lines = app.output().slice(banner).split("\n").filter(Boolean);
}, 180_000);

afterAll(async () => {
  await app?.stop();
  await proxy?.close();
  await database?.remove();
}, 60_000);

const postJson = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  fetch(`${app.url}${path}`, {
    method: "POST",
    headers: { "Content-Type": "application/json", Origin: app.url, ...headers },
    body: JSON.stringify(body),
  });

async function signUp(): Promise<Canaries> {
  const response = await postJson("/api/auth/sign-up/email", { name: "Ada", email, password });
  const { user } = await response.json();
  const cookie = cookiesOf(response);
  const answer = await fetch(`${app.url}/api/auth/token`, { headers: { Cookie: cookie } });
  const { token } = await answer.json();
  const [header, payload] = token.split(".");
  const mac = createHmac("sha256", "another key")
    .update(`${header}.${payload}`)
    .digest("base64url");
  return {
    userId: user.id,
    email,
    password,
    token,
    forged: `${header}.${payload}.${mac}`,
    cookie,
    secret,
  };
}

/** Good requests, which only the server can fail. */
async function useDoors() {
  const { userId, token, cookie } = canaries;
  const headers = { Authorization: `Bearer ${token}` };
  const task = { title: `${password} ${email}`, notes: token };
  const answers = await Promise.all([
    postJson(`/api/${userId}/tasks`, task, headers),
    postJson("/api/trpc/task.create", task, headers),
    postJson("/api/auth/sign-in/email", { email, password }),
    postJson("/api/auth/sign-up/email", { name: password, email: `x${email}`, password }),
  ]);
  for (const { status } of answers) expect(status).toBeGreaterThanOrEqual(422);
  await fetch(`${app.url}/tasks`, { headers: { Cookie: cookie } });
}

/** What the log says, as objects. */
const told = () => lines.map((line) => JSON.parse(line));

test("each line is a JSON object with a time, a level and a message", () => {
  for (const line of lines) {
    expect(JSON.parse(line)).toMatchObject({
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
      level: expect.stringMatching(/^(info|warn|error)$/),
      message: expect.any(String),
    });
  }
});

test("no character of it can end a line or speak to a terminal", () => {
  for (const line of lines) expect(line).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
});

test("no line is a client's", () => {
  for (const line of told()) expect(line.message).not.toMatch(/^FORGED/);
});

describe("nowhere in it is", () => {
  const key = Buffer.from(hkdfSync("sha256", secret, "", "taskbridge/access-token/v1", 32));
  const parts = (text: string) => text.split(/[.=;%]/).filter((part) => part.length >= 16);
  const cases: [name: string, texts: () => string[]][] = [
    ["the secret", () => [secret]],
    ["the derived key", () => [key.toString("base64url"), key.toString("hex")]],
    ["the database's password", () => [databasePassword]],
    ["a password, or its hash", () => [password]],
    ["an e-mail address", () => [email, email.split("@")[0] ?? ""]],
    ["an access token, or a part of it", () => parts(canaries.token)],
    ["a forged one", () => parts(canaries.forged)],
    ["a session's cookie, or a part of it", () => parts(canaries.cookie.split("=")[1] ?? "")],
  ];
  test.each(cases)("%s", (_, texts) => {
    expect(texts().length).toBeGreaterThan(0);
    for (const line of lines) for (const text of texts()) expect(line).not.toContain(text);
  });
});

describe("but it says", () => {
  const some = (fields: object) => expect.objectContaining(fields);
  const text = (part: string) => expect.stringContaining(part);
  test.each([
    [
      "whose origin Better Auth refused",
      { message: text("add it to TRUSTED_ORIGINS"), origin: text("http") },
    ],
    ["that a wrong password was tried", { message: "Invalid password" }],
    [
      "that the database was lost",
      { message: text("out of reach"), error: some({ message: expect.any(String) }) },
    ],
    [
      "where a task could not be written",
      { path: "/api/trpc/task.create", error: some({ stack: text("at ") }) },
    ],
    [
      "where a sign-in failed",
      { path: "/api/auth/sign-in/email", error: some({ name: text("Prisma") }) },
    ],
    [
      "why no token can be trusted",
      {
        error: some({
          name: "RevocationUnknownError",
          cause: some({ name: "RevocationsStaleError" }),
        }),
      },
    ],
    ["that a page failed", { source: "console", error: some({ name: text("Error") }) }],
  ])("%s", (_, line) => {
    expect(told()).toContainEqual(some(line));
  });
});
