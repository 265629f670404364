import { afterEach, describe, expect, test, vi } from "vitest";
import { createClient } from "../src/trpc/client.ts";
import { failureOf, isOutage, restMs, troubleOf } from "../src/trpc/failure.ts";

afterEach(() => void vi.unstubAllGlobals());

const html = { "Content-Type": "text/html" };
const tokens = { get: async () => "token", drop: () => {}, clear: () => {} };

/** As a browser has a redirect that it does not follow. */
const redirect = () =>
  Object.defineProperties(new Response(""), {
    type: { value: "opaqueredirect" },
    status: { value: 0 },
  });

/** An answer of the server's own, to a batch or to one call. */
function refusal(code: string, httpStatus: number, context: object): Response {
  const error = { message: "", code: -32600, data: { code, httpStatus } };
  const body = JSON.stringify("idempotencyKey" in context ? { error } : [{ error }]);
  const headers = { "Content-Type": "application/json" };
  return new Response(body, { status: httpStatus, headers });
}

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

  test.each([
    [0, "between"],
    [200, "between"],
    [401, "between"],
    [404, "between"],
    [407, "between"],
    [500, "between"],
    [429, "away"],
    [502, "away"],
    [400, undefined],
    [403, undefined],
    [406, undefined],
    [413, undefined],
    [451, undefined],
  ])(
    "that a proxy's page answers with %i tells of all calls, or of this one: %s",
    async (status, trouble) => {
      const error = await failed(
        () =>
          status === 0 ? redirect() : new Response("<h1>Proxy</h1>", { status, headers: html }),
        context,
      );
      expect(troubleOf(error)).toBe(trouble);
    },
  );

  test.each([
    [401, "token_not_yet_valid", "clocks"],
    [401, "token_expired", "clocks"],
    [401, "token_signature", "refused"],
    [429, "rate_limited", "busy"],
    [429, "too_many_calls_at_once", "busy"],
    [503, "unavailable", "away"],
    [409, "idempotency_in_progress", "away"],
    [403, "forbidden", undefined],
    [413, "body_too_large", undefined],
    [422, "validation_failed", undefined],
    [500, "internal_error", undefined],
  ])("that the server answers with %i %s: %s", async (httpStatus, code, trouble) => {
    const error = await failed(() => refusal(code, httpStatus, context), context);
    expect(troubleOf(error)).toBe(trouble);
  });

  test("waits for a token that is not valid yet, and has a new one for any other", async () => {
    const drop = vi.spyOn(tokens, "drop");
    await failed(() => refusal("token_not_yet_valid", 401, context), context);
    expect(drop).not.toHaveBeenCalled();
    await failed(() => refusal("token_revoked", 401, context), context);
    expect(drop).toHaveBeenCalledExactlyOnceWith("token");
    drop.mockRestore();
  });

  test("waits for as long as the answer asks for", async () => {
    const headers = { ...html, "Retry-After": "7" };
    expect(restMs(await failed(() => new Response("", { status: 503, headers }), context))).toBe(
      7_000,
    );
  });
});
