import { resolve } from "node:path";
import { type AccessTokenAlgorithm, assertStrongSecret } from "@taskbridge/bridge";
import {
  loadEnv,
  loopbackHosts,
  readAlgorithm,
  readCount,
  readHost,
  readOrigin,
  readOrigins,
  readPort,
  readRequestDatabaseUrl,
  readSecrets,
  readSwitch,
  SettingsError,
} from "@taskbridge/host/settings";

/** Where the data is: all that commands on it need to be told. */
export interface DatabaseSettings {
  /** The repository's folder. */
  root: string;
  /** Undefined: the embedded database. */
  databaseUrl: string | undefined;
  /** The same database as a login that owns nothing, for requests. Undefined: they use the owner's. */
  requestDatabaseUrl: string | undefined;
  dataDir: string;
}

/** All that the app can be told from outside; `.env.example` explains each. */
export interface Settings extends DatabaseSettings {
  secret: string;
  /** Whether the secret was made up by this very start. */
  isSecretFresh?: boolean;
  /** Secrets that are still, or already, accepted besides the current one. */
  previousSecrets: string[];
  /** How access tokens are signed. */
  algorithm: AccessTokenAlgorithm;
  /** The origin at which people reach the app, and the tokens' issuer. */
  baseUrl: string;
  trustedOrigins: string[];
  /** A host of the API that calls are passed to. Undefined: they are answered here. */
  apiUrl: string | undefined;
  port: number;
  /** After how many days a session ends, however much it is used. */
  sessionMaxDays: number;
  /** The address to listen at; `loopback` is both of this machine's own, undefined are all. */
  host: string | undefined;
  /** Origins elsewhere whose pages may call the API. */
  corsOrigins: string[];
  rateLimit: boolean;
  /** How many calls of the API a user may make in a minute. */
  apiRateLimit: number;
  /** How many tasks a user may have. */
  maxTasksPerUser: number;
  trustProxy: boolean;
  /** Whether this is Next's development server. */
  development: boolean;
}

/** Reads where the data is, which no secret is needed for. Throws `SettingsError`. */
export function readDatabaseSettings(): DatabaseSettings {
  const root = loadEnv();
  const env = process.env;
  return {
    root,
    databaseUrl: env.DATABASE_URL || undefined,
    requestDatabaseUrl: readRequestDatabaseUrl(env.REQUEST_DATABASE_URL, env.DATABASE_URL),
    dataDir: resolve(root, env.DATA_DIR || ".data"),
  };
}

/**
 * Reads the settings from the environment and, where it is silent, from `.env`. The one place in the
 * app that looks at `process.env`. Throws `SettingsError`, or the bridge's `WeakSecretError`.
 */
export function readSettings(): Settings {
  const database = readDatabaseSettings();
  const env = process.env;

  const port = readPort(env.PORT || "3000");
  const baseUrl = readOrigin(
    "BETTER_AUTH_URL",
    env.BETTER_AUTH_URL || `http://localhost:${port}`,
    "https://tasks.example.com",
  );
  // As those in the list: a blank at its end must not make it another one when it moves there.
  const secret = env.BETTER_AUTH_SECRET?.trim();
  assertStrongSecret(secret, "BETTER_AUTH_SECRET");
  return {
    ...database,
    secret,
    previousSecrets: readSecrets("BETTER_AUTH_SECRETS_PREVIOUS", env.BETTER_AUTH_SECRETS_PREVIOUS),
    algorithm: readAlgorithm(env.BRIDGE_ALG || "HS256"),
    baseUrl,
    trustedOrigins: [
      ...originsOf(baseUrl),
      ...readOrigins("TRUSTED_ORIGINS", env.TRUSTED_ORIGINS, "http://tasks.local:3000"),
    ],
    apiUrl: readApiUrl(env.API_URL, env.DATABASE_URL, [
      baseUrl,
      ...originsOf(`http://localhost:${port}`),
    ]),
    port,
    sessionMaxDays: readCount("SESSION_MAX_DAYS", env.SESSION_MAX_DAYS || "30"),
    host: readHost(env.HOST, baseUrl),
    corsOrigins: readOrigins("CORS_ORIGINS", env.CORS_ORIGINS, "https://app.example.com"),
    rateLimit: readSwitch("RATE_LIMIT", env.RATE_LIMIT, true),
    apiRateLimit: readCount("API_RATE_LIMIT", env.API_RATE_LIMIT || "600"),
    maxTasksPerUser: readCount("MAX_TASKS_PER_USER", env.MAX_TASKS_PER_USER || "100000"),
    trustProxy: readSwitch("TRUST_PROXY", env.TRUST_PROXY, false),
    // Next's, or what `npm run dev` sets for it: no setting of ours.
    development: env.NODE_ENV === "development",
  };
}

/** Where API calls are passed to: another host, on the database of this one. */
function readApiUrl(
  text: string | undefined,
  databaseUrl: string | undefined,
  own: readonly string[],
): string | undefined {
  if (!text) return undefined;
  const origin = readOrigin("API_URL", text, "http://127.0.0.1:3001");
  if (!databaseUrl) {
    throw new SettingsError(
      "API_URL needs DATABASE_URL: the embedded database is this process's alone, and a host of the API could not use it.",
    );
  }
  if (!own.includes(origin)) return origin;
  throw new SettingsError("API_URL is this host's own address; set it to a host of the API's own.");
}

/** On a developer's machine all names of the loopback are typed into browsers. */
function originsOf(baseUrl: string): string[] {
  const url = new URL(baseUrl);
  if (!loopbackHosts.includes(url.hostname)) return [baseUrl];
  return loopbackHosts.map((host) => `${url.protocol}//${host}${url.port ? `:${url.port}` : ""}`);
}
