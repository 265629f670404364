import { spawn } from "node:child_process";
import { chownSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findPgBouncer } from "./server-binaries.ts";
import { serverUser } from "./test-server.ts";

export interface PgBouncer {
  /** The address of the same database, as the same user, through it. */
  readonly url: string;
  stop(): Promise<void>;
}

/** As the servers of the tests: it lives no longer than its standard input is open. */
const keeper = `dir=$1; shift; "$@" & pooler=$!; cat >/dev/null; kill -INT $pooler; wait $pooler; rm -rf "$dir"`;

/**
 * Starts a PgBouncer before the database at `url`: each transaction may get another of its three
 * connections to the server.
 */
export async function startPgBouncer(url: string): Promise<PgBouncer> {
  const program = findPgBouncer();
  if (!program) throw new Error("PgBouncer is not installed: apt-get install pgbouncer");
  const target = new URL(url);
  const host = target.searchParams.get("host") ?? target.hostname;
  const as = serverUser();
  const dir = mkdtempSync(join(tmpdir(), "taskbridge-test-"));
  const users = join(dir, "users.txt");
  const settings = join(dir, "pgbouncer.ini");
  writeFileSync(users, `"${target.username}" ""\n`);
  writeFileSync(
    settings,
    `[databases]
* = host=${host} port=${target.port || 5432}
[pgbouncer]
listen_addr =
listen_port = 5432
unix_socket_dir = ${dir}
auth_type = trust
auth_file = ${users}
pool_mode = transaction
default_pool_size = 3
max_client_conn = 200
`,
  );
  if (as) for (const path of [dir, users, settings]) chownSync(path, as.uid, as.gid);
  const child = spawn("sh", ["-c", keeper, "sh", dir, program, settings], {
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
  const up = await new Promise<boolean>((resolve) => {
    child.stderr.on("data", (chunk) => {
      log = `${log}${chunk}`.slice(-10_000);
      if (log.includes("process up")) resolve(true);
      if (/FATAL|ERROR/.test(log)) resolve(false);
    });
    void gone.then(() => resolve(false));
  });
  if (!up) {
    await stop();
    throw new Error(`PgBouncer did not start:\n${log}`);
  }
  child.unref();
  for (const pipe of [child.stdin, child.stderr]) (pipe as unknown as { unref(): void }).unref();
  const { username, pathname } = target;
  return {
    url: `postgresql://${username}@localhost${pathname}?host=${encodeURIComponent(dir)}`,
    stop,
  };
}
