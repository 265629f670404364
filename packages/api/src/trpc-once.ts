import { admit } from "./admit.ts";
import type { ApiRequest } from "./api-request.ts";
import { parseJson, readText } from "./body.ts";
import type { EndTurn } from "./calls-in-flight.ts";
import type { Arrival, Context } from "./context.ts";
import { ProtocolError } from "./errors.ts";
import { answerOnce, fingerprintOfCall, readIdempotencyKey } from "./idempotency.ts";
import type { Reply } from "./reply.ts";

export type Answer = (
  request: ApiRequest,
  known?: Pick<Context, "access" | "scope">,
) => Promise<Reply>;

/** An answer that is no success: it is not kept, and its work is undone. */
class NotKept extends Error {
  readonly reply: Reply;

  constructor(reply: Reply) {
    super("The call failed.");
    this.reply = reply;
  }
}

interface Call {
  answer: Answer;
  /** How long a body may be, in bytes. */
  limit: number;
}

/** Carries a mutation that has an Idempotency-Key out once, as REST does a POST. Rejects with what the error table knows. */
export async function answerKeyed(
  request: ApiRequest,
  arrival: Arrival,
  { answer, limit }: Call,
): Promise<Reply> {
  const { method, headers, url } = request;
  let end: EndTurn | undefined;
  try {
    const access = await admit(arrival);
    end = await arrival.beginTurn?.(access.userId);
    const key = readIdempotencyKey(headers) ?? "";
    if (arrival.url.searchParams.has("batch")) {
      const sentence = "An Idempotency-Key stands for one call; send it outside a batch.";
      throw new ProtocolError("malformed_request", sentence);
    }
    const text = await readText(request, { limit });
    const fingerprint = fingerprintOfCall(arrival.url, text ? parseJson(text) : null);
    const once = { request: { key, fingerprint }, tasks: arrival.tasks };
    return await answerOnce(arrival.scopeOf(access), once, async (scope) => {
      const again = new Request(url, { method, headers: new Headers([...headers]), body: text });
      const reply = await answer(again, { access, scope });
      if (reply.status >= 300) throw new NotKept(reply);
      return reply;
    });
  } catch (error) {
    if (error instanceof NotKept) return error.reply;
    throw error;
  } finally {
    end?.();
  }
}
