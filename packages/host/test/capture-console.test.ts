import { execFile } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const script = fileURLToPath(new URL("./support/print-everything.ts", import.meta.url));

test("whatever a library prints is a line of the log, and so is the end by an error", async () => {
  const child = execFile(process.execPath, ["--import", "tsx", script], { timeout: 20_000 });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (chunk) => {
      output += chunk;
    });
  }
  const [status] = await once(child, "close");
  expect(status).toBe(1);
  expect(output).not.toContain("CANARY");
  const lines = output.trimEnd().split("\n");
  const fallback = "A library printed this.";
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    { level: "info", message: "plain", source: "console" },
    { level: "error", message: fallback, error: { name: "Error", message: "a page's" } },
    { level: "warn", message: 'refused "…"' },
    { level: "info", message: fallback },
    { level: "warn", message: "Node has a warning.", error: { message: "old ways" } },
    { level: "error", error: { name: "TypeError", message: "nobody's" } },
  ]);
});
