export { checkDeclaredLength, MAX_BODY_BYTES } from "./body.ts";
export type { ApiDeps, ReportError } from "./context.ts";
export { type Api, createApi, MAX_BATCH_CALLS, refuse, withBoundedBody } from "./create-api.ts";
export type { AppRouter } from "./router/index.ts";
