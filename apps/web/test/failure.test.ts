import { afterEach, describe, expect, test, vi } from "vitest";
import { createClient } from "../src/trpc/client.ts";
import { failureOf, isOutage, restMs } from "../src/trpc/failure.ts";

afterEach(() => void vi.unstubAllGlobals());

const html = { "Content-Type": "text/html" };
const tokens = { get: async () => "token", drop: () => {}, clear: () => {} };

/** What a call comes to that is answered so, alone or in a batch. */
async function failed(response: () => Response, context = {}): Promise<unknown> {
  vi.stubGlobal("fetch", async () => response());
  try {
    await createClient(tokens).task.delete.mutate({ id: "1" }, { context });
  } catch (error) {
    return error;
  }
  throw new Error("The call did not fail.");
}

describe.each([
  ["in a batch", {}],
  ["with a key", { idempotencyKey: "1" }],
])("a call %s", (_, context) => {
  test.each([
    [401, "between", false],
    [403, "between", false],
    [404, "between", false],
    [413, "too_large_on_the_way", false],
    [200, "between", false],
    [429, "unreachable", true],
    [502, "unreachable", true],
    [503, "unreachable", true],
    [504, "unreachable", true],
    [522, "unreachable", true],
  ])("that a proxy's page answers with %i is %s", async (status, code, outage) => {
    for (const headers of [html, { "Content-Type": "application/json" }, {}]) {
      const body = headers === html ? "<h1>Proxy</h1>" : '{"message":"proxy"}';
      const error = await failed(() => new Response(body, { status, headers }), context);
      expect([failureOf(error).code, isOutage(error)]).toEqual([code, outage]);
    }
  });

  test("waits for as long as the answer asks for", async () => {
    const headers = { ...html, "Retry-After": "7" };
    expect(restMs(await failed(() => new Response("", { status: 503, headers }), context))).toBe(
      7_000,
    );
  });
});
