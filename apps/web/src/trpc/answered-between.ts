/** Something between the page and the server answered in its place: a proxy that asks for a password, say. */
export class AnsweredBetweenError extends Error {
  override readonly name = "AnsweredBetweenError";
  readonly response: Response;

  constructor(response: Response) {
    super(`Something else than the server answered ${response.status}.`);
    this.response = response;
  }
}

/** Calls the server, which redirects no call: who sends it elsewhere, to sign in say, stands between. */
export async function fetchHere(url: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  const response = await fetch(url, { ...init, redirect: "manual" });
  if (response.type === "opaqueredirect") throw new AnsweredBetweenError(response);
  return response;
}

/**
 * Calls the server, which answers each call of tRPC and of Better Auth in JSON. tRPC's links fail at all
 * else as well, but do not tell what the answer was; Better Auth's client takes it.
 */
export async function fetchJson(url: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  const response = await fetchHere(url, init);
  if (response.headers.get("content-type")?.includes("json")) return response;
  throw new AnsweredBetweenError(response);
}
