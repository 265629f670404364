import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { scratchDir, startApp } from "../test/support/start-app.ts";
const web = fileURLToPath(new URL("..", import.meta.url));
const dir = await scratchDir();
const app = await startApp({ DATA_DIR: dir.path });
const tests = spawn("npx", ["--no-install", "playwright", "test", ...process.argv.slice(2)], {
  cwd: web, stdio: "inherit", env: { ...process.env, APP_URL: app.url, DATABASE_KIND: "embedded" } });
const [status] = await once(tests, "exit");
await app.stop(); await dir.remove();
process.exitCode = status ?? 1;
