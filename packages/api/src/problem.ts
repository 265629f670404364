import { TRPC_ERROR_CODES_BY_KEY } from "@trpc/server/rpc";
import { z } from "zod";
import { requestIdSchema } from "./context.ts";
import { problemCodes } from "./error-table.ts";
import type { Failure } from "./errors.ts";
import { adding, jsonReply, type Reply } from "./reply.ts";

/** What every answer that is no success has for a body (RFC 9457). */
export const problemSchema = z.strictObject({
  type: z
    .string()
    .regex(/^\/problems\/[a-z_]+$/)
    .meta({
      format: "uri-reference",
      description: "A page that explains the code, relative to the server.",
    }),
  title: z.string().meta({ description: "The kind of problem in a few words." }),
  status: z.int().min(400).max(599).meta({ description: "The answer's status again." }),
  detail: z.string().meta({ description: "One sentence about this very request." }),
  code: z.enum(problemCodes).meta({ description: "Stable: what programs should look at." }),
  requestId: requestIdSchema.meta({ description: "Names the request in the server's log." }),
  errors: z
    .array(
      z.strictObject({
        pointer: z.string().meta({
          description: "A JSON pointer (RFC 6901) into the input; empty for all of it.",
        }),
        message: z.string(),
        line: z.int().min(1).optional().meta({ description: "Where in an imported text." }),
      }),
    )
    .optional()
    .meta({ description: "Each field that was refused." }),
});

/** A failure as RFC 9457 problem details. The same failure gives the same bytes, but for the request id. */
export function problemReply(failure: Failure, requestId: string): Reply {
  const { code, title, status, detail, errors } = failure;
  // RFC 9457 §3.1.1 would have `type` absolute, or else with its full path. Which origin people use to
  // reach the server is the host's business, and each one finds the page by this.
  const body = { type: `/problems/${code}`, title, status, detail, code, requestId, errors };
  const headers = { "Content-Type": "application/problem+json", "Cache-Control": "no-store" };
  return { status, headers: adding(headers, failure.headers), body: JSON.stringify(body) };
}

/** What tRPC's errors carry in `data`. */
export const trpcErrorData = ({ code, status, errors }: Failure, requestId: string | null) => ({
  code,
  httpStatus: status,
  requestId,
  errors,
});

/** A failure as tRPC tells one. */
export const trpcErrorOf = (failure: Failure, requestId: string) => ({
  message: failure.detail,
  code: TRPC_ERROR_CODES_BY_KEY[failure.trpc],
  data: trpcErrorData(failure, requestId),
});

/** The same, for a request that is refused before tRPC looks at it. */
export function trpcErrorReply(failure: Failure, requestId: string): Reply {
  const error = trpcErrorOf(failure, requestId);
  return jsonReply(
    { error },
    adding({ "Cache-Control": "no-store" }, failure.headers),
    failure.status,
  );
}
