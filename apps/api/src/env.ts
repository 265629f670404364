import { assertStrongSecret, readKeySetAddress } from "@taskbridge/bridge";
import { keysOf, type TokenKeys } from "@taskbridge/host";
import {
  loadEnv,
  readAlgorithm,
  readCount,
  readHost,
  readList,
  readOrigin,
  readOrigins,
  readPort,
  readRequestDatabaseUrl,
  readSecrets,
  readSwitch,
  SettingsError,
} from "@taskbridge/host/settings";

/** All that the API's own host can be told from outside; `.env.example` explains each. */
export interface Settings {
  /** The repository's folder. */
  root: string;
  databaseUrl: string;
  /** The same database as a login that owns nothing, for requests. Undefined: they use the owner's. */
  requestDatabaseUrl: string | undefined;
  keys: TokenKeys;
  /** What the keys were derived from, where the host was given that. */
  secrets: string[];
  /** Where the public keys are, if tokens are signed with EdDSA. */
  jwksUrl: string | undefined;
  /** The web host's origin: the tokens' issuer. */
  baseUrl: string;
  port: number;
  /** The address to listen at; `loopback` is both of this machine's own, undefined are all. */
  host: string | undefined;
  /** Origins elsewhere whose pages may call the API. */
  corsOrigins: string[];
  rateLimit: boolean;
  /** How many calls of the API a user may make in a minute. */
  apiRateLimit: number;
  /** How many tasks a user may have. */
  maxTasksPerUser: number;
}

type Env = Readonly<Record<string, string | undefined>>;

/**
 * Reads the settings from the environment and, where it is silent, from `.env`. The one place in this
 * app that looks at `process.env`. Rejects with `SettingsError`, or the bridge's `WeakSecretError`.
 */
export async function readSettings(): Promise<Settings> {
  const root = loadEnv();
  const env: Env = process.env;

  if (!env.DATABASE_URL) {
    throw new SettingsError(
      "DATABASE_URL is missing: the embedded database is one process's alone, so set it to the PostgreSQL database of the web host.",
    );
  }
  if (!env.BETTER_AUTH_URL) {
    throw new SettingsError(
      "BETTER_AUTH_URL is missing: set it to the web host's, the issuer of the tokens.",
    );
  }
  const baseUrl = readOrigin("BETTER_AUTH_URL", env.BETTER_AUTH_URL, "https://tasks.example.com");
  return {
    root,
    databaseUrl: env.DATABASE_URL,
    requestDatabaseUrl: readRequestDatabaseUrl(env.REQUEST_DATABASE_URL, env.DATABASE_URL),
    ...(await readKeys(env)),
    jwksUrl: readJwksUrl(env, baseUrl),
    baseUrl,
    port: readPort(env.PORT || "3001"),
    host: readHost(env.HOST, baseUrl),
    corsOrigins: readOrigins("CORS_ORIGINS", env.CORS_ORIGINS, "https://app.example.com"),
    rateLimit: readSwitch("RATE_LIMIT", env.RATE_LIMIT, true),
    apiRateLimit: readCount("API_RATE_LIMIT", env.API_RATE_LIMIT || "600"),
    maxTasksPerUser: readCount("MAX_TASKS_PER_USER", env.MAX_TASKS_PER_USER || "100000"),
  };
}

/** From the secret, or the keys alone: a host that needs no secret should not be given one by mistake. */
async function readKeys(env: Env): Promise<Pick<Settings, "keys" | "secrets">> {
  const secret = env.BETTER_AUTH_SECRET?.trim();
  const key = env.ACCESS_TOKEN_KEY?.trim();
  const previousSecrets = readSecrets(
    "BETTER_AUTH_SECRETS_PREVIOUS",
    env.BETTER_AUTH_SECRETS_PREVIOUS,
  );
  const previousKeys = readList(env.ACCESS_TOKEN_KEYS_PREVIOUS);
  if (Boolean(secret) === Boolean(key)) {
    throw new SettingsError(
      `${secret ? "BETTER_AUTH_SECRET and ACCESS_TOKEN_KEY are both set" : "BETTER_AUTH_SECRET and ACCESS_TOKEN_KEY are missing"}: set one of the two, the web host's secret or the key that \`npm run bridge:key\` prints there.`,
    );
  }
  if (secret) {
    if (previousKeys.length > 0) throw mixed("ACCESS_TOKEN_KEYS_PREVIOUS", "ACCESS_TOKEN_KEY");
    assertStrongSecret(secret, "BETTER_AUTH_SECRET");
    return {
      keys: await keysOf(secret, previousSecrets),
      secrets: [secret, ...previousSecrets],
    };
  }
  if (previousSecrets.length > 0) throw mixed("BETTER_AUTH_SECRETS_PREVIOUS", "BETTER_AUTH_SECRET");
  return {
    keys: {
      key: readKey("ACCESS_TOKEN_KEY", key),
      previousKeys: previousKeys.map((text) => readKey("ACCESS_TOKEN_KEYS_PREVIOUS", text)),
    },
    secrets: [],
  };
}

const mixed = (name: string, beside: string) =>
  new SettingsError(
    `${name} is only taken beside ${beside}: a host has secrets or keys, not both.`,
  );

function readKey(name: string, text = ""): Uint8Array {
  const key = Buffer.from(text, "base64url");
  const same = key.every((byte) => byte === key[0]);
  if (key.length === 32 && key.toString("base64url") === text && !same) return new Uint8Array(key);
  throw new SettingsError(
    `${name} is no derived key: it has 43 characters of base64url, as \`npm run bridge:key\` prints them.`,
  );
}

function readJwksUrl(env: Env, baseUrl: string): string | undefined {
  if (readAlgorithm(env.BRIDGE_ALG || "HS256") === "HS256") {
    if (!env.JWKS_URL) return undefined;
    throw new SettingsError(
      "JWKS_URL is only taken beside BRIDGE_ALG=EdDSA: HS256 has no key set.",
    );
  }
  try {
    return readKeySetAddress(env.JWKS_URL || `${baseUrl}/api/auth/jwks`).href;
  } catch {
    throw new SettingsError(
      "JWKS_URL must be an https address (http on the loopback alone), such as https://tasks.example.com/api/auth/jwks.",
    );
  }
}
