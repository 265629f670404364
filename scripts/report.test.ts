import { expect, it } from "vitest";
import { sumUp } from "./lib/report.mjs";

const vitest = {
  numPassedTests: 2,
  numFailedTests: 1,
  numPendingTests: 4,
  testResults: [
    {
      name: "a.test.ts",
      status: "failed",
      assertionResults: [
        { status: "passed", fullName: "fine", failureMessages: [] },
        { status: "failed", fullName: "not fine", failureMessages: ["Error: two\n    at a.ts:3"] },
      ],
    },
    { name: "b.test.ts", status: "failed", message: "no such module", assertionResults: [] },
  ],
};

const run = (status: string, ...messages: (string | null)[]) => ({
  status,
  results: messages.map((message) => (message === null ? {} : { error: { message } })),
});
const playwright = {
  stats: { expected: 5, unexpected: 1, skipped: 0, flaky: 1 },
  suites: [
    {
      file: "x.e2e.ts",
      specs: [
        { title: "fine", tests: [run("expected", null)] },
        {
          title: "late",
          tests: [run("flaky", "\u001b[31mtimed out\u001b[39m\n\nLocator: b", null)],
        },
      ],
      suites: [
        { file: "x.e2e.ts", specs: [{ title: "gone", tests: [run("unexpected", "no", "no")] }] },
      ],
    },
  ],
};

it("counts what both runners counted", () => {
  expect(sumUp({ vitest, embedded: playwright })).toMatchObject({
    passed: 7,
    failed: 2,
    skipped: 4,
    flaky: 1,
  });
});

it("names each test that failed or needed a second try, where, and what was said first", () => {
  expect(sumUp({ vitest, embedded: playwright }).unsure).toEqual([
    "failed (vitest): a.test.ts › not fine: Error: two · at a.ts:3",
    "failed (vitest): b.test.ts: no such module",
    "failed (embedded): x.e2e.ts › gone: no",
    "passed at the second try (embedded): x.e2e.ts › late: timed out · Locator: b",
  ]);
});
