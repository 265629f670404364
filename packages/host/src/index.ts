export { checkSecret, compareKeys, SecretLostError } from "./check-secret.ts";
export { withCors } from "./cors.ts";
export { HEALTH_PATH } from "./health.ts";
export { hideSecrets, keysOf, type TokenKeys } from "./keys.ts";
export { type LogLevel, log } from "./log/log.ts";
export { type OpenApiOptions, type OpenedApi, openApi } from "./open-api.ts";
export { logWaiting, reportError } from "./report.ts";
export { type Handle, respond, responding } from "./responding.ts";
export { withoutSignIn } from "./without-sign-in.ts";
