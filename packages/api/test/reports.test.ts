import { createIssuer, createVerifier, type VerifierOptions } from "@taskbridge/bridge";
import { afterEach, describe, expect, test, vi } from "vitest";
import { answerFailure, createApi } from "../src/index.ts";

// What a host is told where a token could not be verified. No request gets as far as the database.
const secret = "a secret of the tests, long enough to be taken";
const issuer = "http://localhost:3000";
const token = await createIssuer({ secret, issuer }).issue({ userId: "ada", sessionId: "s" });
const cause = new Error("connection lost");

afterEach(() => vi.restoreAllMocks());

function apiWith(options: Partial<VerifierOptions> = {}) {
  const reportError = vi.fn();
  const api = createApi({
    verifier: createVerifier({ secret, issuer, ...options }),
    cursorKey: new Uint8Array(32).fill(7),
    scopeOf: () => expect.fail("The token was accepted."),
    reportError,
  });
  const call = (path: string) =>
    api.fetch(
      new Request(`http://localhost${path}`, {
        headers: { Authorization: `Bearer ${token}`, "X-Request-Id": "r-1" },
      }),
    );
  return { call, reportError };
}

const isRevoked = () => {
  throw cause;
};
const failingPlatform = () =>
  void vi.spyOn(crypto.subtle, "verify").mockRejectedValue(new Error("out of memory"));

describe.each([
  ["REST", "/api/ada/tasks"],
  ["tRPC", "/api/trpc/session.whoami"],
  ["a tRPC batch", "/api/trpc/session.whoami,session.whoami,task.list?batch=1"],
])("%s reports once, and tells no client,", (_, path) => {
  test("why a revocation is not known", async () => {
    const { call, reportError } = apiWith({ isRevoked });
    const response = await call(path);
    expect(response.status).toBe(503);
    expect(await response.text()).not.toContain(cause.message);
    expect(reportError.mock.calls).toEqual([
      [
        expect.objectContaining({ code: "revocation_unknown", cause }),
        { requestId: "r-1", path: path.split("?")[0] },
      ],
    ]);
  });

  test("why the verifier does not work", async () => {
    const { call, reportError } = apiWith();
    failingPlatform();
    expect((await call(path)).status).toBe(503);
    expect(reportError).toHaveBeenCalledTimes(1);
    expect(reportError.mock.calls[0]?.[0]).toMatchObject({
      code: "verifier_unavailable",
      cause: { cause: { message: "out of memory" } },
    });
  });

  test("but not a token that is refused", async () => {
    const { call, reportError } = apiWith({ isRevoked: () => true });
    expect((await call(path)).status).toBe(401);
    expect(reportError).not.toHaveBeenCalled();
  });
});

describe("what failed beside the doors", () => {
  const request = new Request("http://localhost/api/auth/sign-in/email?token=x");

  test("is reported with the request id of the answer, which says nothing of it", async () => {
    const reportError = vi.fn();
    const reply = answerFailure(cause, request, reportError);
    expect(reply.status).toBe(500);
    const problem = JSON.parse(String(reply.body));
    expect(problem.code).toBe("internal_error");
    expect(JSON.stringify(problem)).not.toContain(cause.message);
    const where = { requestId: problem.requestId, path: "/api/auth/sign-in/email" };
    expect(reportError.mock.calls).toEqual([[cause, where]]);
  });

  test("is no failure of ours where a client went away in the middle of its body", () => {
    const reportError = vi.fn();
    const aborted = Object.assign(new Error("aborted"), { code: "ECONNRESET" });
    expect(answerFailure(aborted, request, reportError).status).toBe(400);
    expect(reportError).not.toHaveBeenCalled();
  });
});
