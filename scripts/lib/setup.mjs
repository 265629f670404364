// What both commands do first. Plain JavaScript on Node's own modules: nothing is installed yet.
import { spawn } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../..", import.meta.url));

/** Neither of the tools we call has any business telling anybody that we did. */
const quiet = { NEXT_TELEMETRY_DISABLED: "1", TURBO_TELEMETRY_DISABLED: "1", DO_NOT_TRACK: "1" };

/** An end that one sentence explains. */
export class SetupError extends Error {
  name = "SetupError";
}

const mendable = [
  "SetupError",
  "SettingsError",
  "WeakSecretError",
  "DatabaseUnreachableError",
  "DataDirError",
  "DataDirInUseError",
  "MigrationError",
  "MoveError",
  "SecretLostError",
  "WallError",
  "RequestLoginError",
];

/** One sentence for what its reader can mend; the stack of everything else is worth a report. */
export const forTheReader = (error) => (mendable.includes(error?.name) ? error.message : error);

export function checkNode(version = process.versions.node) {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    throw new SetupError(
      `Taskbridge needs Node 20.19 or newer and this is ${version}; install a newer one from nodejs.org.`,
    );
  }
}

/** Installs exactly what the lock file says, unless that was done before. */
export async function install() {
  const stamp = join(root, "node_modules/.taskbridge-installed");
  const lock = createHash("sha256")
    .update(readFileSync(join(root, "package-lock.json")))
    .digest("hex");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === lock) return;
  console.log("Installing dependencies (once; takes a minute) …");
  // Development tools are needed to build, whatever NODE_ENV says.
  await run("npm", ["ci", "--include=dev", "--no-audit", "--no-fund", "--loglevel=error"]).catch(
    () => {
      throw new SetupError(
        "The dependencies could not be installed; npm's message above says why.",
      );
    },
  );
  mkdirSync(join(root, "node_modules"), { recursive: true });
  writeFileSync(stamp, lock);
}

/**
 * Writes `.env` with a fresh secret, unless there is one or the environment brings its own. Returns what
 * takes it back, where it did.
 */
export function writeEnv() {
  const file = join(root, ".env");
  if (existsSync(file) || process.env.BETTER_AUTH_SECRET !== undefined) return undefined;
  const secret = randomBytes(32).toString("base64url");
  const example = readFileSync(join(root, ".env.example"), "utf8");
  const text = example.replace(/^BETTER_AUTH_SECRET=.*$/m, `BETTER_AUTH_SECRET=${secret}`);
  try {
    writeFileSync(file, text, { mode: 0o600, flag: "wx" });
  } catch (error) {
    throw new SetupError(
      `.env cannot be written (${error.code}): see to it that this user may write in ${root}, and that the disk has room.`,
    );
  }
  console.log("Wrote .env with a fresh BETTER_AUTH_SECRET.");
  return () => rmSync(file);
}

/** Builds what has changed since the last time; Turborepo knows by content. Without npx, which takes 0.3 s. */
export async function turbo(...tasks) {
  const args = ["node_modules/turbo/bin/turbo", "run", ...tasks, "--output-logs=errors-only"];
  await run(process.execPath, args, { shell: false });
}

const endings = /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"]);

/**
 * Runs a command to its end, its output shown as it comes. Rejects when it fails. A signal that would end
 * this process ends the command first: whoever sends it to this process alone would leave that at work.
 * @param {string} command
 * @param {string[]} args
 * @param {import("node:child_process").SpawnOptions} [options]
 */
export function run(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: root,
      stdio: "inherit",
      shell: process.platform === "win32",
      ...options,
      env: { ...process.env, ...quiet, ...options.env },
    });
    /** @type {NodeJS.Signals | undefined} */
    let ending;
    /** @param {NodeJS.Signals} signal */
    const endChild = (signal) => {
      ending = signal;
      child.kill("SIGTERM");
    };
    for (const signal of endings) process.on(signal, endChild);
    const letGo = () => {
      for (const signal of endings) process.off(signal, endChild);
    };
    child.on("error", (error) => {
      letGo();
      reject(error);
    });
    child.on("exit", (code, signal) => {
      letGo();
      if (ending) process.kill(process.pid, ending);
      else if (code === 0) resolve();
      else reject(new SetupError(`${command} ${args[0]} ended with ${signal ?? code}.`));
    });
  });
}

/**
 * npm ends on SIGTERM without passing it on, and would leave this process behind with the port and
 * the data. Its parent changes then.
 */
export function stopWithNpm() {
  if (!process.env.npm_lifecycle_event || process.platform === "win32") return;
  const npm = process.ppid;
  setInterval(() => {
    if (process.ppid !== npm) process.kill(process.pid, "SIGTERM");
  }, 250).unref();
}
