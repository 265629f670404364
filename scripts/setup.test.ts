import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, test } from "vitest";
import { checkNode, forTheReader, SetupError } from "./lib/setup.mjs";

test.each(["20.19.0", "20.20.2", "22.0.0", "24.11.1"])("Node %s will do", (version) => {
  expect(() => checkNode(version)).not.toThrow();
});

test.each(["18.20.8", "20.18.3", "8.0.0"])(
  "Node %s is too old, and the sentence says so",
  (version) => {
    expect(() => checkNode(version)).toThrow(
      `Taskbridge needs Node 20.19 or newer and this is ${version}; install a newer one from nodejs.org.`,
    );
  },
);

test("what its reader can mend is told in a sentence, the rest whole", () => {
  const bug = new TypeError("x is undefined");
  expect(forTheReader(new SetupError("Do this."))).toBe("Do this.");
  expect(forTheReader(bug)).toBe(bug);
});

test.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)(
  "%s to a start alone ends what it runs as well",
  async (signal) => {
    const setup = new URL("lib/setup.mjs", import.meta.url);
    const works = `process.on("SIGINT", () => {}); console.log("works"); setInterval(() => {}, 1_000)`;
    const script = `const { run } = await import(${JSON.stringify(setup)});
      await run(process.execPath, ["-e", ${JSON.stringify(works)}]);`;
    const starting = spawn(process.execPath, ["--input-type=module", "-e", script]);
    // Both have the pipe: it ends with the last of them.
    const closed = once(starting, "close");
    await once(starting.stdout, "data");
    starting.kill(signal);
    expect(await closed).toEqual([null, signal]);
  },
);
