export type { ApiRequest } from "./api-request.ts";
export { checkDeclaredLength, MAX_FORM_BYTES, rebuilt, withBoundedBody } from "./body.ts";
export { type ApiDeps, type ReportError, requestIdOf } from "./context.ts";
export {
  type Api,
  answerFailure,
  createApi,
  refuse,
  refuseLongBody,
  refuseUnexpectedBody,
} from "./create-api.ts";
export {
  type ErrorCode,
  type ErrorRow,
  type ProblemCode,
  problemCodes,
  problemOf,
} from "./error-table.ts";
export type { CallLimiter } from "./rate-limit.ts";
export { jsonReply, type Reply, toResponse } from "./reply.ts";
export type { AppRouter, Caller } from "./router/index.ts";
export { MAX_BATCH_CALLS } from "./trpc-door.ts";
