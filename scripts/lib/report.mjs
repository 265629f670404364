/**
 * What the runners' JSON reports say together.
 * @typedef {{ passed: number, failed: number, skipped: number, flaky: number, unsure: string[] }} Report
 */

/**
 * The counts over the reports of Vitest and Playwright, and a line for each test that failed or that
 * passed at its second try only: a long log's end is what one reads first, and sometimes all there is.
 * @param {Record<string, any>} reports by the name of where they ran
 * @returns {Report}
 */
export function sumUp(reports) {
  /** @type {Report} */
  const sum = { passed: 0, failed: 0, skipped: 0, flaky: 0, unsure: [] };
  for (const [where, report] of Object.entries(reports)) {
    sum.passed += report.numPassedTests ?? report.stats.expected;
    sum.failed += report.numFailedTests ?? report.stats.unexpected;
    sum.skipped += report.numPendingTests ?? report.stats.skipped;
    sum.flaky += report.stats?.flaky ?? 0;
    const unsure = report.suites ? ofPlaywright(report) : ofVitest(report);
    for (const { test, outcome, message } of unsure)
      sum.unsure.push(`${outcome} (${where}): ${test}: ${beginningOf(message)}`);
  }
  return sum;
}

function* ofVitest({ testResults = [] }) {
  for (const { name, status, message, assertionResults } of testResults) {
    const tests = assertionResults.filter((result) => result.status === "failed");
    // A file that does not load has no test that could fail.
    if (status === "failed" && tests.length === 0) yield { outcome: "failed", test: name, message };
    for (const { fullName, failureMessages } of tests)
      yield { outcome: "failed", test: `${name} › ${fullName}`, message: failureMessages[0] };
  }
}

function* ofPlaywright({ suites = [], errors = [] }) {
  for (const { message } of errors) yield { outcome: "failed", test: "the run", message };
  for (const { specs = [], suites: inner, file } of suites) {
    yield* ofPlaywright({ suites: inner });
    for (const { title, tests } of specs)
      for (const { status, results } of tests)
        if (status === "unexpected" || status === "flaky")
          yield {
            outcome: status === "flaky" ? "passed at the second try" : "failed",
            test: `${file} › ${title}`,
            message: results.find((result) => result.error)?.error.message,
          };
  }
}

/** Playwright colours its messages, and puts the reason after the matcher's name on later lines. */
function beginningOf(message = "") {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what a colour begins with.
  const lines = message.replace(/\u001b\[[0-9;]*m/g, "").split("\n");
  const said = lines.map((line) => line.trim()).filter(Boolean);
  return said.slice(0, 4).join(" · ").slice(0, 400);
}
