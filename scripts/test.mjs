// `npm test`: every check, from a fresh clone on. What the machine lacks is left out with one line
// that says how to get it, and is an error in CI.
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findChromium } from "./lib/chromium.mjs";
import { sumUp } from "./lib/report.mjs";
import { checkNode, forTheReader, install, root, run, SetupError, turbo } from "./lib/setup.mjs";

const reports = mkdtempSync(join(tmpdir(), "taskbridge-report-"));
const failed = [];
const took = [];

async function step(name, work) {
  console.log(`\n== ${name}`);
  const started = performance.now();
  await work().catch((error) => {
    failed.push(name);
    console.error(forTheReader(error));
  });
  took.push(`${name} ${Math.round((performance.now() - started) / 1000)} s`);
}

try {
  checkNode();
  process.chdir(root);
  await install();
  const chromium = findChromium();
  if (!chromium) lacking("Chromium, for the browser tests: apt-get install chromium");
  if (process.env.CI === "true" && !chromium)
    throw new SetupError("CI must run the browser tests.");

  await step("format and lint", () =>
    run("npx", ["--no-install", "biome", "check", "--error-on-warnings"]),
  );
  await step("arrows", () => run("node", ["scripts/arrows.mjs"]));
  await step("build and types", async () => {
    await turbo("build", "typecheck");
    await run("npx", ["--no-install", "tsc", "--noEmit"]);
  });
  await step("tests", () =>
    run("npx", [
      "--no-install",
      "vitest",
      "run",
      "--reporter=default",
      "--reporter=json",
      `--outputFile.json=${join(reports, "vitest.json")}`,
    ]),
  );
  if (chromium) {
    await step("browser", () =>
      run("node", ["--import", "tsx", "apps/web/e2e/run.ts"], {
        env: { CHROMIUM_PATH: chromium, BROWSER_REPORTS: reports },
      }),
    );
  }
  summary();
} catch (error) {
  console.error(forTheReader(error));
  failed.push("set-up");
} finally {
  rmSync(reports, { recursive: true, force: true });
}
if (failed.length > 0) console.error(`Failed: ${failed.join(", ")}.`);
process.exit(failed.length > 0 ? 1 : 0);

function lacking(what) {
  console.log(`Left out for want of ${what}`);
}

/** One closing line over both runners, after the tests that were not sure to pass. */
function summary() {
  const files = { vitest: "vitest.json", embedded: "embedded.json", PostgreSQL: "postgres.json" };
  const written = Object.entries(files)
    .map(([where, name]) => [where, join(reports, name)])
    .filter(([, file]) => existsSync(file))
    .map(([where, file]) => [where, JSON.parse(readFileSync(file, "utf8"))]);
  const { unsure, passed, failed, skipped, flaky } = sumUp(Object.fromEntries(written));
  console.log(`\n${unsure.map((line) => `${line}\n`).join("")}`);
  console.log(
    `Tests: ${passed} passed, ${failed} failed, ${skipped} skipped, ${flaky} passed at the second try`,
  );
  console.log(`Took: ${took.join(", ")}.`);
}
