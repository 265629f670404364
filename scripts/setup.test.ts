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
