import { type Conformance, createConformance } from "@taskbridge/api/testing";
import { inject } from "vitest";

declare module "vitest" {
  interface ProvidedContext {
    appUrl: string;
    /** The kind of database that the app runs on. */
    appDatabase: "embedded" | "postgres";
  }
}

export interface Person {
  id: string;
  email: string;
  cookie: string;
  token: string;
  /**
   * The app's REST door, at this person's path and with their token unless said otherwise. What comes
   * back is held against the app's own OpenAPI document.
   */
  tasks: (path?: string, init?: RequestInit) => Promise<Response>;
}

export const appUrl = () => inject("appUrl");
export const password = "a long passphrase";

const json = { "Content-Type": "application/json" };

export const post = (
  path: string,
  body: unknown,
  headers: Record<string, string> = {},
  at = appUrl(),
) =>
  fetch(at + path, {
    method: "POST",
    // Node's fetch calls itself a browser's (Sec-Fetch-Mode), so it has to say from where.
    headers: { ...json, Origin: at, ...headers },
    body: JSON.stringify(body),
  });

/** The cookies that an answer sets, as the next request sends them back. */
export const cookiesOf = (response: Response) =>
  response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(";")[0])
    .join("; ");

let people = 0;

/** Signs somebody up over HTTP and fetches their access token, as a script would. */
export async function signUp(name = "Ada", at = appUrl()): Promise<Person> {
  people += 1;
  const email = `${name}-${process.pid}-${people}-${Date.now()}@example.com`.toLowerCase();
  const response = await post("/api/auth/sign-up/email", { name, email, password }, {}, at);
  if (!response.ok) throw new Error(`Sign-up answered ${response.status}.`);
  const { user } = await response.json();
  const cookie = cookiesOf(response);
  const token = await fetchToken(cookie, at);
  return {
    id: user.id,
    email,
    cookie,
    token,
    tasks: async (path = "", init = {}) => {
      const url = `${at}/api/${user.id}/tasks${path}`;
      const headers = { Authorization: `Bearer ${token}`, ...(init.body ? json : {}) };
      const response = await fetch(url, { ...init, headers: { ...headers, ...init.headers } });
      const conforms = await conformanceOf(at);
      await conforms({ method: init.method ?? "GET", url }, response);
      return response;
    },
  };
}

const conformances = new Map<string, Promise<Conformance>>();

/** What an app says of itself, asked for once. */
function conformanceOf(at: string): Promise<Conformance> {
  const asked =
    conformances.get(at) ??
    fetch(`${at}/api/openapi.json`).then(async (answer) => createConformance(await answer.json()));
  conformances.set(at, asked);
  return asked;
}

export async function fetchToken(cookie: string, at = appUrl()): Promise<string> {
  const response = await fetch(`${at}/api/auth/token`, { headers: { Cookie: cookie } });
  const { token } = await response.json();
  return token;
}
