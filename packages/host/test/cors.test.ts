import { expect, test } from "vitest";
import { withCors } from "../src/cors.ts";
import { respond } from "../src/responding.ts";

const app = "https://app.example.com";
const handle = withCors(
  async (request) => ({ status: 401, headers: { Vary: "accept" }, body: request.method }),
  [app, "chrome-extension://abcdef"],
);
const ask = (path: string, origin: string | undefined, init: RequestInit = {}) => {
  const headers = { ...init.headers, ...(origin && { Origin: origin }) };
  return respond(handle, new Request(`http://localhost${path}`, { ...init, headers }));
};
const preflight = {
  method: "OPTIONS",
  headers: { "Access-Control-Request-Method": "PATCH" },
};

test.each(["/api/u1/tasks", "/api/trpc/task.list"])("%s answers a listed origin", async (path) => {
  const first = await ask(path, app, preflight);
  expect(first.status).toBe(204);
  expect(Object.fromEntries(first.headers)).toMatchObject({
    "access-control-allow-origin": app,
    "access-control-allow-methods": expect.stringContaining("PATCH"),
    "access-control-allow-headers": expect.stringMatching(/Authorization.*If-Match/),
    vary: "Origin",
  });
  // A refusal can be read as well.
  const answer = await ask(path, app);
  expect(answer.status).toBe(401);
  expect(answer.headers.get("access-control-allow-origin")).toBe(app);
  expect(answer.headers.get("access-control-expose-headers")).toMatch(/ETag.*WWW-Authenticate/);
  expect(answer.headers.get("vary")).toBe("accept, Origin");
  for (const each of [first, answer]) {
    expect(each.headers.has("access-control-allow-credentials")).toBe(false);
  }
});

test("an extension's origin is one too", async () => {
  const answer = await ask("/api/u1/tasks", "chrome-extension://abcdef");
  expect(answer.headers.get("access-control-allow-origin")).toBe("chrome-extension://abcdef");
});

test.each([
  ["/api/u1/tasks", "https://evil.example"],
  ["/api/u1/tasks", `${app}.evil.example`],
  ["/api/u1/tasks", "null"],
  ["/api/u1/tasks", undefined],
  ["/api/auth/token", app],
  ["/api/auth/sign-in/email", app],
  ["/api/health", app],
])("%s says nothing to %s", async (path, origin) => {
  for (const init of [{}, preflight]) {
    const answer = await ask(path, origin, init);
    expect([...answer.headers.keys()].filter((name) => name.startsWith("access-"))).toEqual([]);
  }
});
