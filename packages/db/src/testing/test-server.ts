import { execFileSync } from "node:child_process";
import { chownSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type As, keepRunning } from "./kept-process.ts";
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
  const kept = keepRunning({ keeper, args: [dir, ...server], as });
  const order = async (word: string, that: string, before?: RegExp) => {
    kept.order(word);
    if (!(await kept.says(that, before))) {
      throw new Error(`The test server said instead:\n${kept.log()}`);
    }
  };
  if (!(await kept.says(ready, failed))) {
    await kept.stop();
    throw new Error(`The test server did not start:\n${kept.log()}`);
  }
  kept.letGo();
  return {
    url: `postgresql://postgres@localhost/postgres?host=${encodeURIComponent(dir)}`,
    crash: () => order("crash", "The server is gone."),
    restart: () => order("restart", ready, failed),
    stop: kept.stop,
  };
}

/** PostgreSQL refuses to run as root: then it runs as its own user, or as nobody. */
export function serverUser(): As {
  if (process.getuid?.() !== 0) return undefined;
  for (const name of ["postgres", "nobody"]) {
    try {
      const id = (flag: string) => Number(execFileSync("id", [flag, name], { stdio: "pipe" }));
      return { uid: id("-u"), gid: id("-g") };
    } catch {}
  }
  throw new Error("PostgreSQL does not run as root, and there is no other user to run it.");
}
