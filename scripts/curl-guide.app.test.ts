import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { appUrl } from "../apps/web/test/support/http.ts";
import { asPrinted, fencesOf } from "./lib/fences.ts";

const bash = promisify(execFile);
const END_OF_BLOCK = "\u001e";

test("docs/guides/call-it-with-curl.md works as written, and prints what it says", async () => {
  const steps: { run: string; printed: string }[] = [];
  for (const { language, text } of await fencesOf("docs/guides/call-it-with-curl.md")) {
    const last = steps.at(-1);
    if (language === "sh") steps.push({ run: text, printed: "" });
    else if (language === "text" && last) last.printed = text;
  }
  const script = steps.map(({ run }) => `${run}\nprintf '${END_OF_BLOCK}'\n`).join("");

  const env = { ...process.env, URL: appUrl() };
  const { stdout, stderr } = await bash("bash", ["-euo", "pipefail", "-c", script], { env });
  // Headers and CSV end their lines with a carriage return, which nobody sees.
  const printed = stdout.replaceAll("\r\n", "\n").split(END_OF_BLOCK).slice(0, -1);

  expect(stderr).toBe("");
  expect(printed).toEqual(steps.map((step) => expect.stringMatching(asPrinted(step.printed))));
  expect(steps.length).toBeGreaterThan(15);
});
