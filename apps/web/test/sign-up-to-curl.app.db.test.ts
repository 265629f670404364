import { createHash, createHmac, hkdfSync } from "node:crypto";
import { connect } from "node:net";
import { describe, expect, test } from "vitest";
import { appUrl, cookiesOf, fetchToken, password, post, signUp } from "./support/http.ts";

const decode = (part = "") => JSON.parse(Buffer.from(part, "base64url").toString());

describe("the token", () => {
  test("is exactly what the contract says, checked with nothing but node:crypto", async () => {
    const { id, token } = await signUp();
    const [header, payload, signature] = token.split(".");
    const secret = "a secret of the tests which is long enough to be taken";
    const key = Buffer.from(hkdfSync("sha256", secret, "", "taskbridge/access-token/v1", 32));
    const mac = createHmac("sha256", key).update(`${header}.${payload}`).digest("base64url");
    expect(signature).toBe(mac);
    expect(decode(header)).toEqual({
      alg: "HS256",
      typ: "at+jwt",
      kid: createHash("sha256").update(key).digest("base64url").slice(0, 16),
    });
    const claims = decode(payload);
    expect(claims).toEqual({
      sub: id,
      user_id: id,
      sid: expect.any(String),
      jti: expect.any(String),
      iss: appUrl(),
      aud: "taskbridge-api",
      iat: expect.any(Number),
      exp: claims.iat + 900,
    });
  });

  test("is not stored on the way, and not given without a session", async () => {
    const { cookie } = await signUp();
    const given = await fetch(`${appUrl()}/api/auth/token`, { headers: { Cookie: cookie } });
    expect(given.headers.get("cache-control")).toBe("no-store");
    const refused = await fetch(`${appUrl()}/api/auth/token`);
    expect(refused.status).toBe(401);
  });

  test("ends with the session: a signed-out cookie gets none", async () => {
    const { cookie } = await signUp();
    const out = await post("/api/auth/sign-out", {}, { Cookie: cookie, Origin: appUrl() });
    expect(out.status).toBe(200);
    const refused = await fetch(`${appUrl()}/api/auth/token`, { headers: { Cookie: cookie } });
    expect(refused.status).toBe(401);
  });

  test("comes again with a new sign-in", async () => {
    const { id, email } = await signUp();
    const wrong = await post("/api/auth/sign-in/email", { email, password: "not it at all" });
    expect(wrong.status).toBe(401);
    const right = await post("/api/auth/sign-in/email", { email, password });
    const token = await fetchToken(cookiesOf(right));
    const answer = await fetch(`${appUrl()}/api/${id}/tasks`, {
      headers: { Authorization: `Bearer ${token}` },
    });
    expect(answer.status).toBe(200);
  });

  test("/api/auth/jwks has no keys to give, /api/auth/ok says ok", async () => {
    expect((await fetch(`${appUrl()}/api/auth/jwks`)).status).toBe(404);
    expect((await fetch(`${appUrl()}/api/auth/ok`)).status).toBe(200);
  });
});

describe("two doors, one token", () => {
  test("what REST adds, tRPC lists, for its owner alone", async () => {
    const [ada, bob] = await Promise.all([signUp("Ada"), signUp("Bob")]);
    const created = await ada.tasks("", { method: "POST", body: '{"title":"Over HTTP"}' });
    expect(created.status).toBe(201);
    const task = await created.json();

    const list = await fetch(`${appUrl()}/api/trpc/task.list`, {
      headers: { Authorization: `Bearer ${ada.token}` },
    });
    expect((await list.json()).result.data.items).toEqual([task]);

    const trespass = await fetch(`${appUrl()}/api/${ada.id}/tasks`, {
      headers: { Authorization: `Bearer ${bob.token}` },
    });
    expect(trespass.status).toBe(403);
    expect((await bob.tasks(`/${task.id}`)).status).toBe(404);
    expect((await bob.tasks(`/${task.id}`, { method: "DELETE" })).status).toBe(404);
    expect((await (await bob.tasks()).json()).items).toEqual([]);
    expect((await ada.tasks(`/${task.id}`, { method: "DELETE" })).status).toBe(204);
  });

  test("two Authorization headers are refused", async () => {
    const { id, token } = await signUp();
    const headers = new Headers([
      ["Authorization", `Bearer ${token}`],
      ["Authorization", `Bearer ${token}`],
    ]);
    const answer = await fetch(`${appUrl()}/api/${id}/tasks`, { headers });
    expect(answer.status).toBe(400);
    expect((await answer.json()).code).toBe("invalid_request");
  });
});

describe("a malformed request is the client's fault:", () => {
  test.each([
    ["GET /api/u/tasks HTTP/1.1", "Host: a b", 400],
    ["GET /api/u/tasks HTTP/1.1", "Host: x@y", 400],
    ["GET /api/u/tasks HTTP/1.1", "Host:", 400],
    ["TRACE /api/u/tasks HTTP/1.1", "Host: localhost", 405],
    ["GET /api/trpc/%zz HTTP/1.1", "Host: localhost", 400],
    ["GET /api/%zz/tasks HTTP/1.1", "Host: localhost", 404],
  ])("%s with %s", async (line, host, status) => {
    const socket = connect(Number(new URL(appUrl()).port), "127.0.0.1");
    socket.end(`${line}\r\n${host}\r\nConnection: close\r\n\r\n`);
    const answer = (await socket.toArray()).join("");
    expect(answer.split(" ")[1]).toBe(String(status));
  });
});

describe("what Better Auth would take without a word", () => {
  test.each([
    ["a large body", { name: "x".repeat(70_000) }, 413],
    ["a long name", { name: "x".repeat(201) }, 422],
    ["a NUL in a name", { name: "a\u0000" }, 422],
    ["a name that is none", { name: null }, 400],
    ["an image that is a script", { image: "javascript:alert(1)" }, 422],
    ["a password that everybody knows", { password: "Password123" }, 422],
    ["the product's name as a password", { password: "taskbridge1" }, 422],
  ])("%s", async (_, body, status) => {
    const email = `${crypto.randomUUID()}@example.com`;
    const answer = await post("/api/auth/sign-up/email", { name: "Ada", email, password, ...body });
    expect(answer.status).toBe(status);
  });

  test.each(["update-user", "verify-password", "error", "callback/x", "no-such-path"])(
    "%s is a path that leads nowhere",
    async (path) => {
      const { cookie } = await signUp();
      const answer = await post(`/api/auth/${path}`, { name: "Eve" }, { Cookie: cookie });
      expect([answer.status, await answer.text()]).toEqual([404, ""]);
    },
  );

  test("an upgrade that nobody offers is answered as if it had not been asked for", async () => {
    const socket = connect(Number(new URL(appUrl()).port), "127.0.0.1");
    // Next begins to listen for upgrades with the first page.
    await fetch(`${appUrl()}/sign-in`);
    socket.write("GET /api/auth/ok HTTP/1.1\r\nHost: localhost\r\n");
    socket.write("Connection: Upgrade, close\r\nUpgrade: h2c\r\n\r\n");
    expect((await socket.toArray()).join("")).toMatch(/^HTTP\/1.1 200/);
  });
});

describe("another site", () => {
  test("can neither sign anybody in nor out", async () => {
    const { email, cookie } = await signUp();
    const from = { Origin: "https://evil.example" };
    const signIn = await post("/api/auth/sign-in/email", { email, password }, from);
    expect(signIn.status).toBe(403);
    const signOut = await post("/api/auth/sign-out", {}, { ...from, Cookie: cookie });
    expect(signOut.status).toBe(403);
    expect(await fetchToken(cookie)).toEqual(expect.any(String));
  });
});

describe("pages", () => {
  test("the task page sends a signed-out visitor to sign-in", async () => {
    const answer = await fetch(`${appUrl()}/tasks`, { redirect: "manual" });
    expect(answer.status).toBe(307);
    expect(answer.headers.get("location")).toMatch(/^\/sign-in/);
  });

  test("and lets a signed-in one see it", async () => {
    const { cookie } = await signUp();
    const answer = await fetch(`${appUrl()}/tasks`, { headers: { Cookie: cookie } });
    expect(answer.status).toBe(200);
  });
});
