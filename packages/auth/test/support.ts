import { expect } from "vitest";
import { type AuthOptions, createAuth } from "../src/index.ts";

export const baseUrl = "http://localhost:3000";
export const password = "a long passphrase";
export const secret = "a secret of the tests, long enough to be taken";
export const nextSecret = "the next secret of the tests, which is long enough too";

interface Serves {
  handler: (request: Request) => Promise<Response>;
}

/** Better Auth as the app sets it up, quiet and without limits unless said otherwise. */
export const authOf = (options: Pick<AuthOptions, "db"> & Partial<AuthOptions>) =>
  createAuth({
    secret,
    baseUrl,
    trustedOrigins: [baseUrl],
    rateLimit: false,
    log: () => {},
    ...options,
  });

export const get = (path: string, cookie = "") =>
  new Request(`${baseUrl}/api/auth${path}`, { headers: { Cookie: cookie } });

export const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  new Request(`${baseUrl}/api/auth${path}`, {
    method: "POST",
    headers: { "Content-Type": "application/json", Origin: baseUrl, ...headers },
    body: JSON.stringify(body),
  });

const cookiesOf = (response: Response) =>
  response.headers.getSetCookie().map((cookie) => cookie.split(";")[0] ?? "");

let people = 0;

/** Somebody new, with the cookies of their first session. */
export async function signUp(to: Serves) {
  people += 1;
  const email = `person-${people}@example.com`;
  const response = await to.handler(post("/sign-up/email", { name: "Ada", email, password }));
  expect(response.status).toBe(200);
  const cookies = cookiesOf(response);
  const { user } = await response.json();
  return { id: String(user.id), email, cookies, cookie: cookies.join("; ") };
}

/** What `/token` answers to these cookies. */
export async function tokenFor(cookie: string, at: Serves) {
  const response = await at.handler(get("/token", cookie));
  expect(response.headers.get("cache-control")).toBe("no-store");
  const { token } = (await response.json()) ?? {};
  return { status: response.status, token: token as string };
}

/** The header and the claims of a token, unverified. */
export function read(token: string) {
  const [header, claims] = token
    .split(".")
    .slice(0, 2)
    .map((part) => JSON.parse(Buffer.from(part, "base64url").toString()));
  return { header, claims };
}
