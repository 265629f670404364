import { startTestServer } from "@taskbridge/db/testing";
import type { TestProject } from "vitest/node";
import { startApp } from "./start-app.ts";

/** The running app on a PostgreSQL server, for all tests of a project. */
export default async function setup(project: TestProject) {
  const server = await startTestServer();
  if (!server) throw new Error("There are no PostgreSQL server binaries here.");
  const app = await startApp({ DATABASE_URL: server.url });
  project.provide("appUrl", app.url);
  project.provide("appDatabase", "postgres");
  return async () => {
    await app.stop();
    await server.stop();
  };
}
