export { checkDeclaredLength, MAX_BODY_BYTES, withBoundedBody } from "./body.ts";
export type { ApiDeps, ReportError } from "./context.ts";
export { type Api, answerFailure, createApi, MAX_BATCH_CALLS, refuse } from "./create-api.ts";
export type { AppRouter } from "./router/index.ts";
