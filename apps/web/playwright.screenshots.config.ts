import { defineConfig } from "@playwright/test";
import checks from "./playwright.config.ts";

/** Pictures, to be looked at. Checks nothing. */
export default defineConfig(checks, { testMatch: "*.shots.ts", reporter: "list", timeout: 60_000 });
