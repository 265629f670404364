export { type CreatedUser, createUser } from "./create-user.ts";
export { type CuttableProxy, cuttableProxy } from "./cuttable-proxy.ts";
export { explainedScope } from "./explained-scope.ts";
export { type PgBouncer, startPgBouncer } from "./pgbouncer.ts";
export { findPgBouncer, findServerBinaries } from "./server-binaries.ts";
export {
  administer,
  onDatabase,
  type PreparedBase,
  prepareEmbeddedBase,
  preparePostgresBase,
  type TestBase,
} from "./test-base.ts";
export { createTestDatabase, type TestDatabase, testDatabase } from "./test-database.ts";
export { serverUser, startTestServer, type TestServer } from "./test-server.ts";
