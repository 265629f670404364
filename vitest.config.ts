import { defineConfig, type TestProjectConfiguration } from "vitest/config";
import { findServerBinaries } from "./packages/db/src/testing/server-binaries.ts";

const exclude = ["**/node_modules/**", "**/.next/**"];
const databaseTests = ["**/*.db.test.ts"];

const projects: TestProjectConfiguration[] = [
  {
    test: {
      name: "unit",
      include: ["{packages,apps,scripts,prisma}/**/*.test.ts"],
      exclude: [...exclude, ...databaseTests, "**/*.app.test.ts"],
    },
  },
  {
    test: {
      name: "embedded",
      include: databaseTests,
      exclude,
      globalSetup: "./packages/db/src/testing/embedded-setup.ts",
      // The first PGlite of a worker compiles its WebAssembly.
      hookTimeout: 30_000,
      testTimeout: 30_000,
    },
  },
];

if (findServerBinaries()) {
  projects.push({
    test: {
      name: "postgres",
      include: databaseTests,
      exclude,
      globalSetup: "./packages/db/src/testing/postgres-setup.ts",
      hookTimeout: 30_000,
      testTimeout: 30_000,
    },
  });
} else {
  const missing =
    "No PostgreSQL server was found, so the database tests run on the embedded one alone: install the package `postgresql` to run them on both.";
  if (process.env.CI === "true") throw new Error(missing);
  process.stdout.write(`${missing}\n`);
}

export default defineConfig({ test: { projects } });
