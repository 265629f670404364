import { chownSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { keepRunning } from "./kept-process.ts";
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
  const pooler = keepRunning({ keeper, args: [dir, program, settings], as });
  if (!(await pooler.says("process up", /FATAL|ERROR/))) {
    await pooler.stop();
    throw new Error(`PgBouncer did not start:\n${pooler.log()}`);
  }
  pooler.letGo();
  const { username, pathname } = target;
  return {
    url: `postgresql://${username}@localhost${pathname}?host=${encodeURIComponent(dir)}`,
    stop: pooler.stop,
  };
}
