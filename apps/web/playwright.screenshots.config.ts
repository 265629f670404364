import { defineConfig } from "@playwright/test";
import checks from "./playwright.config.ts";

/** Pictures of every page, to be looked at, in the folder `screenshots`. Checks nothing. */
export default defineConfig(checks, { testMatch: "*.shots.ts", reporter: "list", timeout: 60_000 });
