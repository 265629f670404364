import { createVerifier } from "@taskbridge/bridge";
import { expect, test } from "vitest";
import { createApi } from "../src/index.ts";
import { problem, restRequest } from "./support/two-users.ts";

const { fetch } = createApi({
  verifier: createVerifier({
    secret: "a secret of the tests, long enough to be taken",
    issuer: "http://localhost:3000",
  }),
  cursorKey: new Uint8Array(32),
  scopeOf: () => {
    throw new Error("Nothing here reaches a database.");
  },
  reportError: (error) => {
    throw error;
  },
});
const ask = (method: string, headers = {}, path = "/api/openapi.json") =>
  fetch(restRequest(method, path, { headers }));

test("anybody gets the document", async () => {
  const answer = await ask("GET");
  expect([answer.status, answer.headers.get("content-type")]).toEqual([200, "application/json"]);
  const document = await answer.json();
  expect(document).toMatchObject({
    openapi: expect.stringMatching(/^3\.1\./),
    servers: [{ url: "/" }],
  });
  expect(Object.keys(document.paths)).toContain("/api/{user_id}/tasks/{id}");
});

test("whoever has it asks whether it is still the same", async () => {
  const etag = (await ask("GET")).headers.get("etag") ?? "";
  for (const method of ["GET", "HEAD"]) {
    const same = await ask(method, { "If-None-Match": `"x", W/${etag}` });
    expect([same.status, same.headers.get("cache-control")]).toEqual([304, "public, no-cache"]);
    expect((await ask(method, { "If-None-Match": '"x"' })).status).toBe(200);
  }
  expect(await (await ask("HEAD")).text()).toBe("");
});

test("other methods are refused as elsewhere", async () => {
  const allow = "OPTIONS, HEAD, GET";
  const options = await ask("OPTIONS");
  expect([options.status, options.headers.get("allow")]).toEqual([204, allow]);
  for (const method of ["POST", "PUT", "PATCH", "DELETE"]) {
    const refused = await ask(method);
    expect([refused.status, refused.headers.get("allow")]).toEqual([405, allow]);
    expect((await problem(refused)).code).toBe("method_not_allowed");
  }
  const body = await ask("GET", { "Content-Length": "2" });
  expect((await problem(body)).code).toBe("malformed_request");
  // Chunks of nothing are no body.
  expect((await ask("GET", { "Transfer-Encoding": "chunked" })).status).toBe(200);
});

test("a user of that name would still have tasks, and there is nothing else beside it", async () => {
  const tasks = await ask("GET", {}, "/api/openapi.json/tasks");
  expect((await problem(tasks)).code).toBe("token_missing");
  for (const path of ["/api/openapi.json/", "/api/openapi.yaml", "/api/OpenAPI.json"]) {
    expect((await problem(await ask("GET", {}, path))).code).toBe("route_not_found");
  }
});
