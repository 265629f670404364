import { createConfig, lintFromString } from "@redocly/openapi-core";
import { expect, test } from "vitest";
import { createDocument } from "../src/rest/openapi/document.ts";

/** What a real linter's recommended rules say, warnings too. */
async function lint(document: unknown) {
  const config = await createConfig({
    extends: ["recommended-strict"],
    rules: { "parameter-description": "error" },
  });
  const found = await lintFromString({ source: JSON.stringify(document), config });
  return found.map(({ ruleId, message, location }) => [ruleId, message, location[0]?.pointer]);
}

test("a linter finds nothing in the OpenAPI document", async () => {
  expect(await lint(createDocument())).toEqual([]);
});

test("and would, if there was something", async () => {
  const text = JSON.stringify(createDocument());
  const rulesOf = async (broken: string) =>
    (await lint(JSON.parse(broken))).map(([ruleId]) => ruleId);
  expect(
    await rulesOf(text.replace('"operationId":"getTask"', '"operationId":"listTasks"')),
  ).toContain("operation-operationId-unique");
  expect(await rulesOf(text.replace('"version":1', '"version":"1"'))).toContain(
    "no-invalid-media-type-examples",
  );
});
