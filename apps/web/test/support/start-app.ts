import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../../..", import.meta.url));

export interface App {
  url: string;
  child: ChildProcess;
  /** All that it printed so far. */
  output: () => string;
  /** Resolves with the exit status, or the signal that ended it. */
  ended: Promise<number | NodeJS.Signals | null>;
  stop: (signal?: NodeJS.Signals) => Promise<number | NodeJS.Signals | null>;
}

// Vitest's own variables would tell the libraries that they are in a test, and Better Auth then lets
// its guard down.
const untested = Object.fromEntries(
  Object.entries(process.env).filter(
    ([name]) => !/^(VITEST|TEST$|NODE_ENV$|NODE_OPTIONS$)/.test(name),
  ),
);

/** The environment of a host: every setting is given, so no `.env` has a say. */
export const settingsOf = (settings: Record<string, string>): NodeJS.ProcessEnv => ({
  ...untested,
  NODE_ENV: "production",
  BETTER_AUTH_SECRET: "a secret of the tests which is long enough to be taken",
  BETTER_AUTH_SECRETS_PREVIOUS: "",
  ACCESS_TOKEN_KEY: "",
  ACCESS_TOKEN_KEYS_PREVIOUS: "",
  BRIDGE_ALG: "",
  JWKS_URL: "",
  API_URL: "",
  BETTER_AUTH_URL: "",
  TRUSTED_ORIGINS: "",
  CORS_ORIGINS: "",
  HOST: "",
  DATABASE_URL: "",
  REQUEST_DATABASE_URL: "",
  DATA_DIR: "",
  TRUST_PROXY: "",
  RATE_LIMIT: "off",
  API_RATE_LIMIT: "",
  SESSION_MAX_DAYS: "",
  MAX_TASKS_PER_USER: "",
  ...settings,
});

/** What `npm start` runs, and `npm run start:api`, once all is built. */
const webHost = ["scripts/lib/built-host.mjs", "apps/web"];
export const apiHost = ["scripts/lib/built-host.mjs", "apps/api"];

/** Starts a host in a process of its own. */
export function launch(settings: Record<string, string> = {}, script: readonly string[] = webHost) {
  const child = spawn(process.execPath, script, {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
    env: settingsOf(settings),
  });
  let text = "";
  child.stdout.on("data", (chunk) => {
    text += chunk;
  });
  child.stderr.on("data", (chunk) => {
    text += chunk;
  });
  const ended = once(child, "exit").then(
    ([code, signal]) => (code ?? signal) as number | NodeJS.Signals | null,
  );
  return { child, ended, output: () => text };
}

/** The app, serving. Rejects with what it said when it ends before that. */
export const startApp = (settings: Record<string, string> = {}): Promise<App> =>
  start(settings, webHost);

/** The API's own host, serving. */
export const startApiHost = (settings: Record<string, string>): Promise<App> =>
  start(settings, apiHost);

async function start(settings: Record<string, string>, script: readonly string[]): Promise<App> {
  const port = settings.PORT ?? String(await freePort());
  const { child, ended, output } = launch({ ...settings, PORT: port }, script);
  const serves = new Promise<void>((resolve) => {
    const look = () => output().includes("Ctrl-C stops it") && resolve();
    child.stdout.on("data", look);
  });
  const first = await Promise.race([serves, ended]);
  if (first !== undefined) throw new Error(`The app ended with ${first}:\n${output()}`);
  return {
    url: `http://localhost:${port}`,
    child,
    output,
    ended,
    stop: async (signal = "SIGTERM") => {
      child.kill(signal);
      return ended;
    },
  };
}

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0);
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (!address || typeof address === "string") throw new Error("There is no free port.");
  return address.port;
}

/** A folder for an embedded database, and its end. */
export async function scratchDir() {
  const path = await mkdtemp(join(tmpdir(), "taskbridge-test-"));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}
