import { execFileSync, spawn } from "node:child_process";
import { chownSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findServerBinaries } from "./server-binaries.ts";

export interface TestServer {
  /** The superuser's address: for a socket in a directory that only this user may enter. */
  readonly url: string;
  /** Stops it as a crash does, in the middle of everything; resolves when it is gone. */
  crash(): Promise<void>;
  /** Starts it again on the same data; resolves when it lets people in. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Runs the server for as long as its own standard input stays open, which is as long as the tests'
 * process lives, however that ends; then stops it and removes its files. What it reads there are orders.
 */
const keeper = `dir=$1; shift; "$@" & server=$!
while read -r word; do case $word in
  crash) kill -QUIT $server; wait $server; echo 'The server is gone.' >&2;;
  restart) "$@" & server=$!;;
esac; done
kill -INT $server; wait $server; rm -rf "$dir"`;

const settings = {
  listen_addresses: "",
  max_connections: "200",
  lc_messages: "C",
};
/** The data need not outlive the tests. */
const volatile = { fsync: "off", synchronous_commit: "off", full_page_writes: "off" };

const ready = "ready to accept connections";
const failed = /is shut down|FATAL: {2}(?!the database system is)/;

/**
 * Starts a throwaway PostgreSQL; null where no server is installed. One that is `durable` keeps what it
 * has acknowledged, as an ordinary server does; the others are faster.
 */
export async function startTestServer({ durable = false } = {}): Promise<TestServer | null> {
  const bin = findServerBinaries();
  if (!bin) return null;
  const as = serverUser();
  const dir = mkdtempSync(join(tmpdir(), "taskbridge-test-"));
  if (as) chownSync(dir, as.uid, as.gid);
  const data = join(dir, "data");
  const initdb = ["-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-locale", "-N"];
  try {
    execFileSync(join(bin, "initdb"), initdb, { ...as, cwd: "/", stdio: "pipe" });
  } catch (error) {
    rmSync(dir, { recursive: true, force: true });
    throw error;
  }
  const options = Object.entries({ ...settings, ...(durable ? {} : volatile) }).flatMap(
    ([name, value]) => ["-c", `${name}=${value}`],
  );
  const server = [join(bin, "postgres"), "-D", data, "-k", dir, ...options];
  // In a group of its own: an interrupt from the keyboard is for the tests, which then close the pipe.
  const child = spawn("sh", ["-c", keeper, "sh", dir, ...server], {
    ...as,
    cwd: "/",
    detached: true,
    stdio: ["pipe", "ignore", "pipe"],
  });
  const gone = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const stop = async () => {
    child.ref();
    child.stdin.end();
    await gone;
  };

  let log = "";
  child.stderr.on("data", (chunk) => {
    log = `${log}${chunk}`.slice(-10_000);
  });
  /** Whether it says this before that, or its end. */
  const says = (that: string, before = /$^/) =>
    new Promise<boolean>((resolve) => {
      child.stderr.on("data", function look() {
        const said = log.includes(that);
        if (!said && !before.test(log)) return;
        child.stderr.off("data", look);
        resolve(said);
      });
      void gone.then(() => resolve(false));
    });
  const order = async (word: string, that: string, before?: RegExp) => {
    log = "";
    child.stdin.write(`${word}\n`);
    if (!(await says(that, before))) throw new Error(`The test server said instead:\n${log}`);
  };
  if (!(await says(ready, failed))) {
    await stop();
    throw new Error(`The test server did not start:\n${log}`);
  }
  // The pipes and the child alone must not keep the process alive.
  child.unref();
  for (const pipe of [child.stdin, child.stderr]) (pipe as unknown as { unref(): void }).unref();
  return {
    url: `postgresql://postgres@localhost/postgres?host=${encodeURIComponent(dir)}`,
    crash: () => order("crash", "The server is gone."),
    restart: () => order("restart", ready, failed),
    stop,
  };
}

/** PostgreSQL refuses to run as root: then it runs as its own user, or as nobody. */
export function serverUser(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  for (const name of ["postgres", "nobody"]) {
    try {
      const id = (flag: string) => Number(execFileSync("id", [flag, name], { stdio: "pipe" }));
      return { uid: id("-u"), gid: id("-g") };
    } catch {}
  }
  throw new Error("PostgreSQL does not run as root, and there is no other user to run it.");
}
