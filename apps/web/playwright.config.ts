import { existsSync } from "node:fs";
import { defineConfig } from "@playwright/test";

/** `npm test` says which Chromium it found; run alone, the usual places, or else Playwright's own. */
const chromium =
  process.env.CHROMIUM_PATH ??
  [
    "/usr/bin/chromium-headless-shell",
    "/usr/bin/chromium",
    "/usr/bin/chromium-browser",
    "/usr/bin/google-chrome",
  ].find(existsSync);
const reports = process.env.BROWSER_REPORTS;

/** Needs a running app: `APP_URL` says where. `e2e/run.ts` starts one on each database. */
export default defineConfig({
  testDir: "e2e",
  testMatch: "*.e2e.ts",
  outputDir: "test-results",
  fullyParallel: true,
  workers: 2,
  // Two browsers and a server on two processors: what passes the second time is counted as flaky, and told.
  retries: process.env.CI === "true" ? 1 : 0,
  forbidOnly: process.env.CI === "true",
  timeout: 60_000,
  // Two processors may have all the other tests to run as well.
  expect: { timeout: 10_000 },
  reporter: reports
    ? [["list"], ["json", { outputFile: `${reports}/${process.env.DATABASE_KIND}.json` }]]
    : "list",
  use: {
    baseURL: process.env.APP_URL ?? "http://localhost:3000",
    locale: "en-GB",
    // Its pictures of each step take a third of the time.
    trace: "on-first-retry",
    launchOptions: {
      executablePath: chromium,
      // Chromium's sandbox refuses to run as root; only containers do that.
      args: [
        ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
        "--disable-background-networking",
        "--disable-gpu",
      ],
    },
  },
});
