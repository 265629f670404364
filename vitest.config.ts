import { availableParallelism } from "node:os";
import { configDefaults, defineConfig, type TestProjectConfiguration } from "vitest/config";
import { findPgBouncer, findServerBinaries } from "./packages/db/src/testing/server-binaries.ts";
import { findHaproxy } from "./scripts/lib/haproxy.ts";

const anywhere = "{packages,apps,prisma,scripts,examples,docs}/**/";
/** On both kinds of database; against the running app once, on both, or on PostgreSQL alone. */
const databaseTests = `${anywhere}*.db.test.ts`;
const appTests = `${anywhere}*.app.test.ts`;
const appTestsOnBoth = `${anywhere}*.app.db.test.ts`;
const appTestsOnPostgres = `${anywhere}*.app.postgres.test.ts`;
/**
 * Of what runs on both, the part that the kind of database decides: the database itself, and who reaches whose
 * data. The rest runs on PostgreSQL, and with `EVERY=1` on both.
 */
const embeddedTests =
  process.env.EVERY === "1"
    ? [databaseTests]
    : [
        "{packages/db,prisma,scripts}/**/*.db.test.ts",
        "packages/api/test/{cross-user/**/*,two-users,unavailable}.db.test.ts",
      ];
const allAppTests = [appTests, appTestsOnBoth, appTestsOnPostgres];

const exclude = [...configDefaults.exclude, "**/.next/**"];
// A PGlite compiles its WebAssembly first, and a machine may have two processors for all of this.
const patience = { hookTimeout: 60_000, testTimeout: 60_000 };

/** One set of files, on the kind of database that its set-up provides. */
const project = (name: string, include: string[], setup: string): TestProjectConfiguration => ({
  test: {
    name,
    include,
    exclude: include.some((glob) => allAppTests.includes(glob))
      ? exclude
      : [...exclude, ...allAppTests],
    globalSetup: setup,
    // Whole processes beside each other on two processors: as with the browser's tests.
    retry: process.env.CI === "true" ? 1 : 0,
    ...patience,
  },
});

const projects: TestProjectConfiguration[] = [
  {
    // Next's own compiler wants JSX left as it is.
    oxc: { jsx: { runtime: "automatic" } },
    test: {
      name: "unit",
      include: [`${anywhere}*.test.ts`],
      exclude: [...exclude, databaseTests, ...allAppTests],
      ...patience,
    },
  },
  project("embedded", embeddedTests, "./packages/db/src/testing/embedded-setup.ts"),
  project("app-embedded", [appTests, appTestsOnBoth], "./apps/web/test/support/embedded-app.ts"),
];

/** Says what the machine lacks and how to get it; CI must lack nothing. */
function leaveOut(what: string) {
  const missing = `Left out for want of ${what}`;
  if (process.env.CI === "true") throw new Error(missing);
  process.stdout.write(`${missing}\n`);
}

if (!findHaproxy()) leaveOut("HAProxy: apt-get install haproxy");
if (findServerBinaries()) {
  projects.push(
    project("postgres", [databaseTests], "./packages/db/src/testing/postgres-setup.ts"),
    project(
      "app-postgres",
      [appTestsOnBoth, appTestsOnPostgres],
      "./apps/web/test/support/postgres-app.ts",
    ),
  );
  if (!findPgBouncer()) leaveOut("PgBouncer: apt-get install pgbouncer");
} else {
  leaveOut("a PostgreSQL server's programs: apt-get install postgresql");
}

// Many tests wait for other processes: on two processors Vitest would by itself run one file at a time.
const maxWorkers = Math.max(2, availableParallelism() - 1);

export default defineConfig({ test: { projects, maxWorkers } });
