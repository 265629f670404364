import { admit } from "./admit.ts";
import { parseJson, readText } from "./body.ts";
import type { Context } from "./context.ts";
import { ProtocolError } from "./errors.ts";
import { answerOnce, fingerprintOfCall, readIdempotencyKey } from "./idempotency.ts";
import { trpcErrorResponse } from "./problem.ts";

export type Answer = (
  request: Request,
  known?: Pick<Context, "access" | "scope">,
) => Promise<Response>;

/** An answer that is no success: it is not kept, and its work is undone. */
class NotKept extends Error {
  readonly response: Response;

  constructor(response: Response) {
    super("The call failed.");
    this.response = response;
  }
}

interface Call {
  answer: Answer;
  /** How long a body may be, in bytes. */
  limit: number;
}

/** Carries a mutation that has an Idempotency-Key out once, as REST does a POST. */
export async function answerKeyed(
  request: Request,
  context: Context,
  { answer, limit }: Call,
): Promise<Response> {
  const { method, headers, url } = request;
  try {
    const access = await admit(context);
    const key = readIdempotencyKey(headers) ?? "";
    if (new URL(url).searchParams.has("batch")) {
      const sentence = "An Idempotency-Key stands for one call; send it outside a batch.";
      throw new ProtocolError("malformed_request", sentence);
    }
    const text = await readText(request, { limit });
    const fingerprint = fingerprintOfCall(request, text ? parseJson(text) : null);
    return await answerOnce(context.scopeOf(access), { key, fingerprint }, async (scope) => {
      const again = new Request(url, { method, headers, body: text });
      const response = await answer(again, { access, scope });
      if (!response.ok) throw new NotKept(response);
      return response;
    });
  } catch (error) {
    if (error instanceof NotKept) return error.response;
    return trpcErrorResponse(context.report(error), context.requestId);
  }
}
