import { describe, expect, it, vi } from "vitest";
import { RevocationUnknownError, TokenRevokedError } from "../src/index.ts";
import { expectAccepted, expectRefused, mint, refusalOf, verifierOf } from "./helpers.ts";

describe("revocation is asked at every verification:", () => {
  it("a remembered token's session ends", async () => {
    const revoked = new Set<string>();
    const verifier = verifierOf({ isRevoked: (sessionId) => revoked.has(sessionId) });
    await expectAccepted(mint(), verifier);
    revoked.add("session-1");
    const error = await refusalOf(mint(), "token_revoked", verifier);
    expect(error).toBeInstanceOf(TokenRevokedError);
    await expectAccepted(mint({ claims: { sid: "session-2" } }), verifier);
  });

  it("a new token of an ended session", () =>
    expectRefused(mint(), "token_revoked", verifierOf({ isRevoked: () => true })));

  it("each time with the session's id, for a new and a remembered token alike", async () => {
    const isRevoked = vi.fn(() => false);
    const verifier = verifierOf({ isRevoked });
    await expectAccepted(mint(), verifier);
    await expectAccepted(mint(), verifier);
    expect(isRevoked.mock.calls).toEqual([["session-1"], ["session-1"]]);
  });

  it("not for a token that is refused before", async () => {
    const isRevoked = vi.fn(() => false);
    await expectRefused(mint({ key: "guess" }), "token_signature", verifierOf({ isRevoked }));
    expect(isRevoked).not.toHaveBeenCalled();
  });

  it("its own BridgeError goes through", async () => {
    const unknown = new RevocationUnknownError();
    const isRevoked = () => {
      throw unknown;
    };
    const error = await refusalOf(mint(), "revocation_unknown", verifierOf({ isRevoked }));
    expect(error).toBe(unknown);
  });

  it("any other failure of it -> revocation_unknown, with the cause for the log", async () => {
    const cause = new Error("connection lost");
    const isRevoked = () => {
      throw cause;
    };
    const error = await refusalOf(mint(), "revocation_unknown", verifierOf({ isRevoked }));
    expect(error).toMatchObject({ status: 503, challenge: null, cause });
  });

  it("a remembered token too waits for the answer", async () => {
    let reachable = true;
    const isRevoked = () => {
      if (!reachable) throw new RevocationUnknownError();
      return false;
    };
    const verifier = verifierOf({ isRevoked });
    await expectAccepted(mint(), verifier);
    reachable = false;
    await expectRefused(mint(), "revocation_unknown", verifier);
    reachable = true;
    await expectAccepted(mint(), verifier);
  });

  it.each([undefined, null, 0, "", "no", Promise.resolve(false)])(
    "an answer that is not false counts as yes: %s",
    (answer) =>
      expectRefused(
        mint(),
        "token_revoked",
        verifierOf({ isRevoked: () => answer as unknown as boolean }),
      ),
  );
});
