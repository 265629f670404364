import { expect, test } from "vitest";
import { problemCodes } from "../src/error-table.ts";
import { createDocument } from "../src/rest/openapi/document.ts";
import { routes } from "../src/rest/routes.ts";

type Operation = {
  operationId: string;
  parameters: { $ref?: string; name?: string; required?: boolean }[];
  requestBody?: { content: Record<string, { example?: unknown }> };
  responses: Record<string, { content?: Record<string, { example?: unknown }> }>;
};
const document = createDocument() as {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: { Problem: { properties: { code: { enum: string[] } } } } };
};
const operation = (path: string, method: string) =>
  document.paths[`/api/{user_id}/tasks${path}`]?.[method] as Operation;
const names = ({ parameters }: Operation) =>
  parameters.map(({ $ref, name }) => name ?? $ref?.split("/").at(-1));
const statuses = ({ responses }: Operation) => Object.keys(responses).map(Number);

test("every row of the route table is an operation", () => {
  const documented = Object.values(document.paths).flatMap((item) =>
    Object.entries(item).filter(([method]) => method !== "parameters"),
  );
  expect(documented.map(([, { operationId }]) => operationId).sort()).toEqual(
    routes.map(({ operationId }) => operationId).sort(),
  );
});

test("every body has an example, in requests and in answers", () => {
  for (const item of Object.values(document.paths)) {
    for (const [method, { requestBody, responses }] of Object.entries(item)) {
      if (method === "parameters") continue;
      const bodies = [requestBody, ...Object.values(responses)].flatMap((of) =>
        Object.entries(of?.content ?? {}).filter(([type]) => type !== "application/problem+json"),
      );
      for (const [, media] of bodies) expect(media.example).toBeDefined();
    }
  }
});

test.each([
  ["", "get", [200, 400, 401, 403, 405, 422, 429, 500, 503]],
  ["", "post", [201, 400, 401, 403, 404, 405, 409, 413, 415, 422, 429, 500, 503]],
  ["/{id}", "get", [200, 304, 400, 401, 403, 404, 405, 412, 422, 429, 500, 503]],
  ["/{id}", "put", [200, 400, 401, 403, 404, 405, 412, 413, 415, 422, 428, 429, 500, 503]],
  ["/{id}", "delete", [204, 400, 401, 403, 404, 405, 412, 422, 429, 500, 503]],
  ["/{id}/restore", "post", [200, 400, 401, 403, 404, 405, 409, 422, 429, 500, 503]],
])("tasks%s %s has its statuses", (path, method, expected) => {
  expect(statuses(operation(path, method))).toEqual(expected);
});

test("the headers that a route looks at are its parameters", () => {
  expect(names(operation("/{id}", "patch"))).toEqual(["IfMatch", "IfNoneMatch", "RequestId"]);
  expect(names(operation("", "post"))).toEqual(["IdempotencyKey", "RequestId"]);
  expect(operation("/{id}", "put").parameters[0]).toMatchObject({
    name: "If-Match",
    required: true,
  });
});

test("no pattern has a slash with a backslash, which makes generators write what does not parse", () => {
  expect(JSON.stringify(document)).not.toContain(JSON.stringify("\\/").slice(1, -1));
});

test("a problem's code is one of the table of errors", () => {
  expect(document.components.schemas.Problem.properties.code.enum).toEqual(problemCodes);
});
