import { defineConfig } from "@playwright/test";
import checks from "./playwright.config.ts";

/** Times, which are only worth something on a machine that has nothing else to do: not part of `npm test`. */
export default defineConfig(checks, {
  testMatch: "*.bench.ts",
  // So that they do not measure each other.
  workers: 1,
  retries: 0,
  reporter: "list",
});
