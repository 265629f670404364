// `npm run bench:pgpool`: two PostgreSQL servers, one a standby, behind a pgpool-II that balances loads, and
// whether each of some starts notices. It needs pgpool2 and PostgreSQL's server programs, and takes seconds.
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { appendFileSync, chownSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as after } from "node:timers/promises";
import { freePort } from "../apps/web/test/support/start-app.ts";
import { applyMigrations, checkWalls, createDb } from "../packages/db/src/index.ts";
import { administer, findServerBinaries, serverUser } from "../packages/db/src/testing/index.ts";

const STARTS = 20;
const bin = findServerBinaries();
if (!bin) throw new Error("There are no PostgreSQL server binaries here.");
const user = serverUser();
const as = { ...user, cwd: "/" };
const dir = mkdtempSync(join(tmpdir(), "taskbridge-pgpool-"));
if (user) chownSync(dir, user.uid, user.gid);

const [primary = 0, standby = 0, pooler = 0, pcp = 0] = [
  await freePort(),
  await freePort(),
  await freePort(),
  await freePort(),
];
const run = (program: string, ...args: string[]) =>
  execFileSync(join(bin, program), args, { ...as, stdio: "ignore" });
const start = (data: string, port: number) => {
  const options = `-p ${port} -k ${dir} -c listen_addresses=127.0.0.1 -c max_connections=120 -c fsync=off`;
  run("pg_ctl", "-D", data, "-w", "-l", `${data}.log`, "-o", options, "start");
};
const url = (port: number, user: string, name: string) =>
  `postgresql://${user}@127.0.0.1:${port}/${name}`;

const [first, second] = [join(dir, "primary"), join(dir, "standby")];
const config = (balances: boolean) => `
backend_clustering_mode = 'streaming_replication'
listen_addresses = '127.0.0.1'
port = ${pooler}
pcp_port = ${pcp}
pcp_socket_dir = '${dir}'
unix_socket_directories = '${dir}'
backend_hostname0 = '127.0.0.1'
backend_port0 = ${primary}
backend_weight0 = 1
backend_hostname1 = '127.0.0.1'
backend_port1 = ${standby}
backend_weight1 = 1
sr_check_user = 'postgres'
health_check_user = 'postgres'
load_balance_mode = ${balances ? "on" : "off"}
num_init_children = 40
max_pool = 1
pid_file_name = '${dir}/pgpool.pid'
logdir = '${dir}'
`;

async function noticed(balances: boolean): Promise<number> {
  const file = join(dir, "pgpool.conf");
  writeFileSync(file, config(balances));
  const pgpool = spawn("pgpool", ["-n", "-f", file, "-F", "/dev/null"], {
    ...as,
    stdio: "ignore",
    env: { PATH: `${process.env.PATH}:/usr/sbin` },
  });
  const address = url(pooler, "taskbridge", "tasks");
  let refused = 0;
  try {
    for (let tries = 0; tries < 50; tries += 1) {
      const up = await administer(address, "SELECT 1").then(
        () => true,
        () => false,
      );
      if (up) break;
      await after(200);
    }
    for (let times = 0; times < STARTS; times += 1) {
      const db = createDb(address);
      await checkWalls(db).catch((error: Error) => {
        if (!/sends a read elsewhere/.test(error.message)) throw error;
        refused += 1;
      });
      await db.close();
    }
  } finally {
    pgpool.kill("SIGINT");
    await once(pgpool, "exit");
  }
  return refused;
}

const running: string[] = [];
try {
  run("initdb", "-D", first, "-U", "postgres", "-A", "trust", "--no-locale", "-E", "UTF8", "-N");
  appendFileSync(join(first, "pg_hba.conf"), "host replication all 127.0.0.1/32 trust\n");
  start(first, primary);
  running.push(first);
  await administer(url(primary, "postgres", "postgres"), "CREATE ROLE taskbridge LOGIN CREATEROLE");
  await administer(url(primary, "postgres", "postgres"), "CREATE DATABASE tasks OWNER taskbridge");
  await applyMigrations(url(primary, "taskbridge", "tasks"));
  run(
    "pg_basebackup",
    "-d",
    url(primary, "postgres", "postgres"),
    "-D",
    second,
    "-R",
    "-X",
    "stream",
    "-c",
    "fast",
  );
  start(second, standby);
  running.push(second);
  const [balanced, plain] = [await noticed(true), await noticed(false)];
  console.log(
    `With load balancing ${balanced} of ${STARTS} starts are refused, without it ${plain}.`,
  );
  process.exitCode = balanced === STARTS && plain === 0 ? 0 : 1;
} finally {
  for (const data of running.reverse()) run("pg_ctl", "-D", data, "-m", "immediate", "stop");
  rmSync(dir, { recursive: true, force: true });
}
