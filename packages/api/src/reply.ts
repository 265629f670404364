/** An answer before it is made a Response, which costs more than all else of a short one. */
export interface Reply {
  status: number;
  headers: Record<string, string>;
  body: string | Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array> | null;
}

export const jsonReply = (
  value: unknown,
  headers: Readonly<Record<string, string>> = {},
  status = 200,
): Reply => ({
  status,
  headers: adding({ "Content-Type": "application/json" }, headers),
  body: JSON.stringify(value),
});

const texts = new WeakMap<object, string>();

/** The JSON of an answer; one that several calls get, as reads of one moment do, is written once. */
export function textOf(answer: unknown): string {
  if (typeof answer !== "object" || answer === null) return JSON.stringify(answer);
  let text = texts.get(answer);
  if (text === undefined) {
    text = JSON.stringify(answer);
    texts.set(answer, text);
  }
  return text;
}

/**
 * Adds these headers to those, one by one: an object that is a copy and then added to has a shape that V8
 * never saw, each time anew, which costs whoever reads it more than the rest of a refusal.
 */
export function adding(
  headers: Record<string, string>,
  more: Readonly<Record<string, string>>,
): Record<string, string> {
  for (const name in more) headers[name] = more[name] ?? "";
  return headers;
}

export const emptyReply = (status: number, headers: Record<string, string> = {}): Reply => ({
  status,
  headers,
  body: null,
});

/** For hosts that take what the platform has. */
export const toResponse = ({ status, headers, body }: Reply): Response =>
  new Response(body, { status, headers });

/** What another handler answered; read as a whole, unless it is sent piece by piece. */
export async function replyOf(response: Response): Promise<Reply> {
  const { status, headers, body } = response;
  const streamed = headers.has("transfer-encoding");
  return {
    status,
    headers: Object.fromEntries(headers),
    body: streamed || body === null ? body : await response.text(),
  };
}
