/** Something between the page and the server answered in its place: a proxy that asks for a password, say. */
export class AnsweredBetweenError extends Error {
  override readonly name = "AnsweredBetweenError";
  readonly response: Response;

  constructor(response: Response) {
    super(`Something else than the server answered ${response.status}.`);
    this.response = response;
  }
}

/**
 * Calls the server, which answers each call of tRPC in JSON. tRPC's links fail at all else as well, but
 * do not tell what the answer was.
 */
export async function fetchJson(url: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  const response = await fetch(url, init);
  if (response.headers.get("content-type")?.includes("json")) return response;
  throw new AnsweredBetweenError(response);
}
