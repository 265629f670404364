// Runs the browser tests against the running app: all on the embedded database, and on PostgreSQL the everyday ones.
// The page is the same on both, and what the server does is tested without a browser.
// With --bench: prints how fast the task page answers to what is done in it, and fails where that is slow.
// With --screenshots: takes pictures of every page instead, into the folder `screenshots`; with --readme
// as well, those of the README, into `docs/images`.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { startTestServer } from "@taskbridge/db/testing";
import { scratchDir, startApp } from "../test/support/start-app.ts";

const web = fileURLToPath(new URL("..", import.meta.url));
const screenshots = process.argv.includes("--screenshots");
const bench = process.argv.includes("--bench");
const pictures = process.argv.includes("--readme") ? "readme.shots" : "pages.shots";
const what = [
  ...(screenshots ? ["-c", "playwright.screenshots.config.ts", pictures] : []),
  ...(bench ? ["-c", "playwright.bench.config.ts"] : []),
];

async function browse(
  kind: string,
  settings: Record<string, string>,
  filters: readonly string[] = [],
): Promise<boolean> {
  process.stdout.write(`On ${kind}:\n`);
  const app = await startApp(settings);
  try {
    const tests = spawn("npx", ["--no-install", "playwright", "test", ...what, ...filters], {
      cwd: web,
      stdio: "inherit",
      shell: process.platform === "win32",
      env: { ...process.env, APP_URL: app.url, DATABASE_KIND: kind },
    });
    const [status] = await once(tests, "exit");
    return status === 0;
  } finally {
    await app.stop();
  }
}

const dataDir = await scratchDir();
const onEmbedded = await browse("embedded", { DATA_DIR: dataDir.path }).finally(dataDir.remove);
const server = screenshots || bench ? null : await startTestServer();
const onServer = server
  ? await browse("postgres", { DATABASE_URL: server.url }, ["tasks.e2e"]).finally(server.stop)
  : true;
process.exitCode = onEmbedded && onServer ? 0 : 1;
