import { createVerifier } from "@taskbridge/bridge";
import { testDatabase } from "@taskbridge/db/testing";
import { betterAuth } from "better-auth";
import { prismaAdapter } from "better-auth/adapters/prisma";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Auth } from "../src/index.ts";
import { authOf, baseUrl, post, secret, signUp, tokenFor } from "./support.ts";

// Tokens of one purpose are noise to the other, both ways. Better Auth itself mints its own here.
const { verify } = createVerifier({ secret, issuer: baseUrl });

let auth: Auth;
let chatty: { handler: (request: Request) => Promise<Response> };
let drop: () => Promise<void>;
/** What would have been mailed. */
const mailed: string[] = [];

beforeAll(async () => {
  const database = await testDatabase();
  drop = database.drop;
  auth = authOf({ db: database.db });
  // The same secret and tables, with what we leave off turned on.
  chatty = betterAuth({
    database: prismaAdapter(database.client, { provider: "postgresql" }),
    secret,
    baseURL: baseUrl,
    emailAndPassword: { enabled: true },
    emailVerification: {
      sendOnSignUp: true,
      sendVerificationEmail: async ({ token }) => void mailed.push(token),
    },
    user: { changeEmail: { enabled: true } },
    session: { cookieCache: { enabled: true, strategy: "jwt" } },
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
  });
});

afterAll(() => drop());

const refused = (token: string) =>
  expect(verify(token)).rejects.toMatchObject({
    name: expect.stringMatching(/^Token/),
    status: 401,
  });

describe("no token of Better Auth's is an access token:", () => {
  test("of an e-mail verification", async () => {
    mailed.length = 0;
    await signUp(chatty);
    expect(mailed).toHaveLength(1);
    for (const token of mailed) await refused(token);
  });

  test("of a change of e-mail", async () => {
    const { email, cookie } = await signUp(chatty);
    mailed.length = 0;
    const change = post("/change-email", { newEmail: `new-${email}` }, { Cookie: cookie });
    expect((await chatty.handler(change)).status).toBe(200);
    expect(mailed).toHaveLength(1);
    for (const token of mailed) await refused(token);
  });

  test("of the cookie cache, nor any other cookie", async () => {
    const { cookies } = await signUp(chatty);
    const values = cookies.map((cookie) =>
      decodeURIComponent(cookie.slice(cookie.indexOf("=") + 1)),
    );
    // One of them is a JWT.
    expect(values.some((value) => value.split(".").length === 3)).toBe(true);
    for (const value of values) await refused(value);
  });
});

describe("no access token means anything to Better Auth:", () => {
  async function accessToken() {
    const { id, email, cookie } = await signUp(auth);
    const { token } = await tokenFor(cookie, auth);
    expect((await verify(token)).userId).toBe(id);
    return { email, token };
  }

  test("verify-email", async () => {
    const { token } = await accessToken();
    for (const to of [auth, chatty]) {
      const answer = await to.handler(
        new Request(`${baseUrl}/api/auth/verify-email?token=${token}`),
      );
      expect(answer.status).toBeGreaterThanOrEqual(400);
    }
  });

  test("reset-password and delete-user's callback", async () => {
    const { token } = await accessToken();
    const reset = await auth.handler(
      post("/reset-password", { newPassword: "another one", token }),
    );
    expect(reset.status).toBeGreaterThanOrEqual(400);
    const callback = `${baseUrl}/api/auth/delete-user/callback?token=${token}`;
    expect((await auth.handler(new Request(callback))).status).toBeGreaterThanOrEqual(400);
  });

  test("a session, as a bearer or as a cookie", async () => {
    const { token } = await accessToken();
    const disguises: Record<string, string>[] = [
      { Authorization: `Bearer ${token}` },
      { Cookie: `better-auth.session_token=${token}` },
      { Cookie: `better-auth.session_data=${token}` },
    ];
    for (const headers of disguises) {
      for (const to of [auth, chatty]) {
        const request = new Request(`${baseUrl}/api/auth/get-session`, { headers });
        expect(await (await to.handler(request)).json()).toBeNull();
      }
      const request = new Request(`${baseUrl}/api/auth/token`, { headers });
      expect((await auth.handler(request)).status).toBe(401);
    }
  });
});
