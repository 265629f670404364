import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type AccessTokenAlgorithm, assertStrongSecret } from "@taskbridge/bridge";

/** A setting that cannot be used; the message says which and what to do. */
export class SettingsError extends Error {
  override readonly name = "SettingsError";
}

/** The repository's folder, from whichever of its folders: all hosts and scripts mean the same `.env`. */
function findRoot(from: string): string {
  if (existsSync(join(from, "turbo.json"))) return from;
  const parent = dirname(from);
  if (parent === from) throw new SettingsError("Start Taskbridge inside its repository.");
  return findRoot(parent);
}

/** Where the environment is silent, what `.env` in the repository's folder says. Returns that folder. */
export function loadEnv(): string {
  const root = findRoot(process.cwd());
  const file = join(root, ".env");
  if (existsSync(file)) {
    checkEnvFile(file);
    process.loadEnvFile(file);
  }
  return root;
}

/** Node would pass over in silence what is in the file and no text, and of the rest tell where it noticed. */
function checkEnvFile(file: string): void {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    throw new SettingsError(`.env cannot be read: ${whyNot(error as NodeJS.ErrnoException)}`);
  }
  const plain = "save it as plain text in UTF-8, without a byte order mark.";
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new SettingsError(`.env is not UTF-8; ${plain}`);
  }
  if (text.includes("\0")) throw new SettingsError(`.env has NUL characters; ${plain}`);
  if (text.startsWith("\ufeff")) throw new SettingsError(`.env has a byte order mark; ${plain}`);
}

function whyNot({ code, message }: NodeJS.ErrnoException): string {
  if (code === "EISDIR") return "it is a folder; put a file in its place.";
  if (code !== "EACCES" && code !== "EPERM") return `${message}.`;
  return "this user is not allowed to; give it the right, for example by chmod u+r .env.";
}

/** A port to listen on. Throws `SettingsError`, as all of these do. */
export function readPort(text: string): number {
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port >= 1 && port <= 65_535) return port;
  throw new SettingsError("PORT must be a whole number from 1 to 65535; set it in .env.");
}

/** A number of things, of which there is at least one. */
export function readCount(name: string, text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new SettingsError(`${name} must be a whole number from 1 to 999999999; set it in .env.`);
}

/** `on` or `off`; what stands where there is neither is the caller's choice. */
export function readSwitch(name: string, text: string | undefined, otherwise: boolean): boolean {
  if (!text) return otherwise;
  if (text === "on" || text === "off") return text === "on";
  throw new SettingsError(`${name} must be on or off; set it in .env.`);
}

/** The names of the machine itself, as URLs have them. */
export const loopbackHosts = ["localhost", "127.0.0.1", "[::1]"];

/**
 * Where to listen: what `HOST` says; else the loopback, unless people reach the app at an address that is
 * none. Behind a proxy on the same machine, `HOST=127.0.0.1` keeps others from going round it.
 */
export function readHost(text: string | undefined, baseUrl: string): string | undefined {
  const host = text?.trim().replace(/^\[(.*)\]$/, "$1");
  if (host) return host === "localhost" ? "loopback" : host;
  const { hostname } = new URL(baseUrl);
  if (loopbackHosts.includes(hostname) || /(^|\.)localhost\.?$/.test(hostname)) return "loopback";
  // All of 127.0.0.0/8 is this machine's own.
  return /^127(\.\d+){3}$/.test(hostname) ? hostname : undefined;
}

/** Where that is, for people to read. */
export const whereOf = (host: string | undefined): string =>
  host === "loopback" ? "this machine alone" : (host ?? "all addresses of this machine");

/** Where a process reaches itself that listens there. */
export function ownOrigin({ host, port }: { host: string | undefined; port: number }): string {
  const anywhere = host === undefined || ["loopback", "0.0.0.0", "::"].includes(host);
  const address = anywhere ? "127.0.0.1" : host;
  return `http://${address.includes(":") ? `[${address}]` : address}:${port}`;
}

/** Origins, comma-separated, each in its one spelling; those of browser extensions as they are. */
export const readOrigins = (name: string, text: string | undefined, example: string): string[] =>
  readList(text).map((each) => {
    if (/^[a-z-]+-extension:\/\/[a-z0-9.-]+$/i.test(each)) return each;
    // A pattern would let in whoever gets a name below it.
    return readOrigin(name, each.replaceAll("*", " "), example);
  });

/** A list with commas, without the blanks around its parts. */
export const readList = (text = ""): string[] =>
  text
    .split(",")
    .map((part) => part.trim())
    .filter(Boolean);

/** Secrets that are strong enough, or the bridge's `WeakSecretError`. */
export function readSecrets(name: string, text?: string): string[] {
  return readList(text).map((secret, at) => {
    assertStrongSecret(secret, `${name} (number ${at + 1})`);
    return secret;
  });
}

/** How access tokens are signed. */
export function readAlgorithm(text: string): AccessTokenAlgorithm {
  if (text === "HS256" || text === "EdDSA") return text;
  throw new SettingsError("BRIDGE_ALG must be HS256 or EdDSA; set it in .env.");
}

/** An http or https origin, in its one spelling. */
export function readOrigin(name: string, text: string, example: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  const plain = url && /^https?:$/.test(url.protocol) && url.pathname === "/" && !url.search;
  if (plain && !url.username && !url.password && !url.hash) return url.origin;
  throw new SettingsError(`${name} must be an origin such as ${example}; set it in .env.`);
}

/** Where the statements of requests go, as a login of their own; nowhere without a server. */
export function readRequestDatabaseUrl(text?: string, databaseUrl?: string): string | undefined {
  if (!text) return undefined;
  if (!databaseUrl) {
    throw new SettingsError(
      "REQUEST_DATABASE_URL needs DATABASE_URL, the same database as the owner of its tables; set it in .env.",
    );
  }
  if (text !== databaseUrl) return text;
  throw new SettingsError(
    "REQUEST_DATABASE_URL is DATABASE_URL itself: set it to what `npm run db:request-role` prints, or leave it out.",
  );
}
