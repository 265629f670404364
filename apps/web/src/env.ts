import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { type AccessTokenAlgorithm, assertStrongSecret } from "@taskbridge/bridge";

/** All that the app can be told from outside; `.env.example` explains each. */
export interface Settings {
  /** The repository's folder. */
  root: string;
  /** Undefined: the embedded database. */
  databaseUrl: string | undefined;
  dataDir: string;
  secret: string;
  /** Secrets that are still, or already, accepted besides the current one. */
  previousSecrets: string[];
  /** How access tokens are signed. */
  algorithm: AccessTokenAlgorithm;
  /** The origin at which people reach the app, and the tokens' issuer. */
  baseUrl: string;
  trustedOrigins: string[];
  port: number;
  rateLimit: boolean;
  /** How many calls of the API a user may make in a minute. */
  apiRateLimit: number;
  trustProxy: boolean;
  /** Whether this is Next's development server. */
  development: boolean;
}

/** A setting that cannot be used; the message says which and what to do. */
export class SettingsError extends Error {
  override readonly name = "SettingsError";
}

/**
 * Reads the settings from the environment and, where it is silent, from `.env`. The one place in the
 * app that looks at `process.env`. Throws `SettingsError`, or the bridge's `WeakSecretError`.
 */
export function readSettings(): Settings {
  const root = findRoot(process.cwd());
  const file = join(root, ".env");
  if (existsSync(file)) process.loadEnvFile(file);
  const env = process.env;

  const port = readPort(env.PORT || "3000");
  const baseUrl = readOrigin(env.BETTER_AUTH_URL || `http://localhost:${port}`);
  // As those in the list: a blank at its end must not make it another one when it moves there.
  const secret = env.BETTER_AUTH_SECRET?.trim();
  assertStrongSecret(secret, "BETTER_AUTH_SECRET");
  return {
    root,
    databaseUrl: env.DATABASE_URL || undefined,
    dataDir: resolve(root, env.DATA_DIR || ".data"),
    secret,
    previousSecrets: readSecrets("BETTER_AUTH_SECRETS_PREVIOUS", env.BETTER_AUTH_SECRETS_PREVIOUS),
    algorithm: readAlgorithm(env.BRIDGE_ALG || "HS256"),
    baseUrl,
    trustedOrigins: originsOf(baseUrl),
    port,
    rateLimit: readSwitch("RATE_LIMIT", env.RATE_LIMIT, true),
    apiRateLimit: readCount("API_RATE_LIMIT", env.API_RATE_LIMIT || "600"),
    trustProxy: readSwitch("TRUST_PROXY", env.TRUST_PROXY, false),
    // Next's, or what `npm run dev` sets for it: no setting of ours.
    development: env.NODE_ENV === "development",
  };
}

/** Next runs in the app's folder, the scripts in the repository's: both mean the same `.env`. */
function findRoot(from: string): string {
  if (existsSync(join(from, "turbo.json"))) return from;
  const parent = dirname(from);
  if (parent === from) throw new SettingsError("Start Taskbridge inside its repository.");
  return findRoot(parent);
}

function readPort(text: string): number {
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port >= 1 && port <= 65_535) return port;
  throw new SettingsError("PORT must be a whole number from 1 to 65535; set it in .env.");
}

function readCount(name: string, text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new SettingsError(`${name} must be a whole number from 1 to 999999999; set it in .env.`);
}

function readSecrets(name: string, text = ""): string[] {
  const secrets = text.split(",").map((secret) => secret.trim());
  return secrets.filter(Boolean).map((secret, at) => {
    assertStrongSecret(secret, `${name} (number ${at + 1})`);
    return secret;
  });
}

function readAlgorithm(text: string): AccessTokenAlgorithm {
  if (text === "HS256" || text === "EdDSA") return text;
  throw new SettingsError("BRIDGE_ALG must be HS256 or EdDSA; set it in .env.");
}

function readOrigin(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  const plain = url && /^https?:$/.test(url.protocol) && url.pathname === "/" && !url.search;
  if (plain && !url.username && !url.password && !url.hash) return url.origin;
  throw new SettingsError(
    "BETTER_AUTH_URL must be an origin such as https://tasks.example.com; set it in .env.",
  );
}

/** On a developer's machine both names of the loopback are typed into browsers. */
function originsOf(baseUrl: string): string[] {
  const url = new URL(baseUrl);
  const loopback = ["localhost", "127.0.0.1"];
  if (!loopback.includes(url.hostname)) return [baseUrl];
  return loopback.map((host) => `${url.protocol}//${host}${url.port ? `:${url.port}` : ""}`);
}

function readSwitch(name: string, text: string | undefined, otherwise: boolean): boolean {
  if (!text) return otherwise;
  if (text === "on" || text === "off") return text === "on";
  throw new SettingsError(`${name} must be on or off; set it in .env.`);
}
