import type { TestProject } from "vitest/node";
import { scratchDir, startApp } from "./start-app.ts";

/** The running app on the embedded database, for all tests of a project. */
export default async function setup(project: TestProject) {
  const dataDir = await scratchDir();
  const app = await startApp({ DATA_DIR: dataDir.path });
  project.provide("appUrl", app.url);
  project.provide("appDatabase", "embedded");
  return async () => {
    await app.stop();
    await dataDir.remove();
  };
}
