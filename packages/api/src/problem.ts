import { TRPC_ERROR_CODES_BY_KEY } from "@trpc/server/rpc";
import type { Failure } from "./errors.ts";

/** A failure as RFC 9457 problem details. The same failure gives the same bytes, but for the request id. */
export function problemResponse(failure: Failure, requestId: string): Response {
  const { code, title, status, detail, errors } = failure;
  const body = { type: `/problems/${code}`, title, status, detail, code, requestId, errors };
  return new Response(JSON.stringify(body), {
    status,
    headers: {
      "Content-Type": "application/problem+json",
      "Cache-Control": "no-store",
      ...failure.headers,
    },
  });
}

/** What tRPC's errors carry in `data`. */
export const trpcErrorData = ({ code, status, errors }: Failure, requestId: string | null) => ({
  code,
  httpStatus: status,
  requestId,
  errors,
});

/** A failure as tRPC tells one, for a request that is refused before tRPC looks at it. */
export function trpcErrorResponse(failure: Failure, requestId: string): Response {
  const error = {
    message: failure.detail,
    code: TRPC_ERROR_CODES_BY_KEY[failure.trpc],
    data: trpcErrorData(failure, requestId),
  };
  return Response.json(
    { error },
    { status: failure.status, headers: { "Cache-Control": "no-store", ...failure.headers } },
  );
}
