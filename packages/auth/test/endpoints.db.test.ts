import { type TestDatabase, testDatabase } from "@taskbridge/db/testing";
import { betterAuth } from "better-auth";
import { jwt } from "better-auth/plugins/jwt";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Auth } from "../src/index.ts";
import { isOpen } from "../src/open-endpoints.ts";
import { authOf, baseUrl, get, password, post, signUp, tokenFor } from "./support.ts";

let database: TestDatabase;
let auth: Auth;
let ada: Awaited<ReturnType<typeof signUp>>;
beforeAll(async () => {
  database = await testDatabase();
  auth = authOf({ db: database.db });
  ada = await signUp(auth);
});
afterAll(() => database.drop());

interface Endpoint {
  path?: string;
  options: { method?: string | string[]; metadata?: { SERVER_ONLY?: boolean } };
}

/** Every endpoint that Better Auth has with the plugins that we give it, with a path and its methods. */
const endpoints = Object.values(
  betterAuth({ plugins: [jwt()], emailAndPassword: { enabled: true } }).api as unknown as Record<
    string,
    Endpoint
  >,
).flatMap(({ path, options }) =>
  path ? [options.method ?? "GET"].flat().map((method) => ({ method, path })) : [],
);

const unknown = { status: 404, body: "", type: null };
async function answerTo(method: string, path: string) {
  const body = method === "GET" ? null : "{}";
  const headers = { "Content-Type": "application/json", Origin: baseUrl, Cookie: ada.cookie };
  const request = new Request(`${baseUrl}/api/auth${path}`, { method, headers, body });
  const answer = await auth.handler(request);
  const type = answer.headers.get("content-type");
  return { status: answer.status, body: await answer.text(), type };
}

describe("of Better Auth's endpoints", () => {
  const closed = endpoints.filter(({ path }) => !isOpen(path));

  test("there are those that this test looks for", () => {
    const paths = closed.map(({ path }) => path);
    for (const path of [
      ...["/update-user", "/update-session", "/change-email", "/verify-password", "/error"],
      ...["/list-accounts", "/account-info", "/link-social", "/unlink-account", "/sign-in/social"],
      ...["/get-access-token", "/refresh-token", "/request-password-reset", "/reset-password"],
      ...["/verify-email", "/send-verification-email", "/delete-user/callback"],
    ]) {
      expect(paths).toContain(path);
    }
    // With a parameter.
    expect(paths.filter((path) => path.includes(":")).length).toBeGreaterThan(1);
  });

  test.each(closed)(
    "$method $path is closed: it answers as a path that does not exist",
    async ({ method, path }) => {
      expect(await answerTo(method, "/no-such-path")).toEqual(unknown);
      expect(await answerTo(method, path.replace(/:\w+/g, "x"))).toEqual(unknown);
    },
  );

  test("those that are used are there, and nothing is open besides", async () => {
    const open = endpoints.filter(({ path }) => isOpen(path));
    expect(new Set(open.map(({ path }) => path)).size).toBe(13);
    for (const { method, path } of open.filter(
      ({ path }) => !["/jwks", "/delete-user"].includes(path),
    )) {
      if (method === "POST" && path === "/get-session") continue;
      expect([path, (await answerTo(method, path)).status]).not.toEqual([path, 404]);
    }
    ada = await signUp(auth);
  });
});

const odd = [null, 7, true, {}, [""], "", "a\u0000b", "\ud800", "x".repeat(10_000)];
const fields: [path: string, whole: Record<string, unknown>][] = [
  [
    "/sign-up/email",
    {
      name: "Bob",
      email: "x",
      password,
      image: undefined,
      callbackURL: undefined,
      rememberMe: true,
    },
  ],
  [
    "/sign-in/email",
    { email: "bob@example.com", password, callbackURL: undefined, rememberMe: true },
  ],
  [
    "/change-password",
    { currentPassword: password, newPassword: "other words", revokeOtherSessions: true },
  ],
  ["/delete-user", { password: "not this one", callbackURL: undefined, token: undefined }],
  ["/revoke-session", { token: "x" }],
];
const cases = fields.flatMap(([path, whole]) =>
  Object.keys(whole).map((field) => ({ path, field, whole })),
);

describe("whatever a field holds, it is no failure of ours:", () => {
  test.each(cases)("$path, $field", async ({ path, field, whole }) => {
    const person = await signUp(auth);
    let { cookie } = person;
    for (const [at, value] of odd.entries()) {
      const email = `odd-${field}-${at}@example.com`;
      const body = { ...whole, ...("email" in whole && { email }), [field]: value };
      const answer = await auth.handler(post(path, body, { Cookie: cookie }));
      expect([JSON.stringify(value).slice(0, 40), answer.status < 500]).toEqual([
        expect.any(String),
        true,
      ]);
      if (answer.status >= 400) {
        expect((await answer.json()).message).toEqual(expect.stringMatching(/\w/));
      } else if ((await tokenFor(cookie, auth)).status !== 200) {
        ({ cookie } = await signUp(auth));
      }
    }
  });

  test.each([null, 7, "text", [], true])("nor a body that is %j", async (body) => {
    for (const [path] of fields) {
      const answer = await auth.handler(post(path, body, { Cookie: ada.cookie }));
      expect([path, answer.status < 500]).toEqual([path, true]);
    }
  });

  test.each(["name", "email", "password"])(
    "%s: null at sign-up is refused with a sentence",
    async (field) => {
      const body = { name: "Bob", email: "nobody@example.com", password, [field]: null };
      const answer = await auth.handler(post("/sign-up/email", body));
      expect([400, 422]).toContain(answer.status);
      expect((await answer.json()).message).toMatch(/\w/);
    },
  );
});

test("odd cookies and queries are none either", async () => {
  for (const path of [
    "/token?disableRefresh=x",
    "/get-session?disableCookieCache[]=1",
    "/jwks?a=%00",
  ]) {
    const { status } = await auth.handler(get(path, "better-auth.session_token=%00.%ff"));
    expect([path, status < 500]).toEqual([path, true]);
  }
});
