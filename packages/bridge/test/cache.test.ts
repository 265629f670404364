import { afterEach, describe, expect, it, vi } from "vitest";
import {
  accessOf,
  CLAIMS,
  expectAccepted,
  expectRefused,
  keyOf,
  kidOf,
  mint,
  NOW,
  OTHER_SECRET,
  verifierOf,
} from "./helpers.ts";

afterEach(() => vi.restoreAllMocks());

/** A verifier with a clock to turn, and a count of the MACs it has computed. */
function observed(options: Parameters<typeof verifierOf>[0] = {}) {
  const clock = { now: NOW };
  const verify = vi.spyOn(crypto.subtle, "verify");
  const verifier = verifierOf({ now: () => clock.now * 1000, ...options });
  return { clock, verifier, macs: () => verify.mock.calls.length };
}

describe("a token seen before", () => {
  it("costs no second MAC", async () => {
    const { verifier, macs } = observed();
    const first = await accessOf(mint(), verifier);
    for (let time = 0; time < 10; time++) {
      expect(await accessOf(mint(), verifier)).toBe(first);
    }
    expect(macs()).toBe(1);
  });

  it("costs a MAC each time without a cache", async () => {
    const { verifier, macs } = observed({ cacheSize: 0 });
    for (let time = 0; time < 3; time++) await expectAccepted(mint(), verifier);
    expect(macs()).toBe(3);
  });

  it("is accepted until its last second, and expired at exp", async () => {
    const { verifier, clock } = observed();
    await expectAccepted(mint(), verifier);
    clock.now = CLAIMS.exp - 1;
    await expectAccepted(mint(), verifier);
    clock.now = CLAIMS.exp;
    await expectRefused(mint(), "token_expired", verifier);
  });

  it("is judged by a clock that goes back as if it were new", async () => {
    const { verifier, clock } = observed();
    await expectAccepted(mint(), verifier);
    clock.now = CLAIMS.iat - 30;
    await expectAccepted(mint(), verifier);
    clock.now = CLAIMS.iat - 31;
    await expectRefused(mint(), "token_not_yet_valid", verifier);
  });

  it("keeps to its nbf when the clock goes back", async () => {
    const { verifier, clock } = observed();
    const token = mint({ claims: { nbf: NOW } });
    await expectAccepted(token, verifier);
    clock.now = NOW - 31;
    await expectRefused(token, "token_not_yet_valid", verifier);
  });

  it("lends nothing to a token that differs in its signature", async () => {
    const { verifier } = observed();
    await expectAccepted(mint(), verifier);
    const [header, payload] = mint().split(".");
    const mac = mint({ key: "other" }).split(".")[2];
    await expectRefused(`${header}.${payload}.${mac}`, "token_signature", verifier);
  });

  it("lends nothing to a token with another payload under its signature", async () => {
    const { verifier } = observed();
    await expectAccepted(mint(), verifier);
    const [header, , mac] = mint().split(".");
    const other = mint({ claims: { sub: "user-2", user_id: "user-2" } }).split(".")[1];
    await expectRefused(`${header}.${other}.${mac}`, "token_signature", verifier);
  });

  it("lends nothing to another spelling of itself", async () => {
    const { verifier } = observed();
    await expectAccepted(mint(), verifier);
    await expectRefused(`${mint()}=`, "token_malformed", verifier);
  });

  it("does not outlive its key: another verifier remembers nothing of it", async () => {
    const previous = keyOf(OTHER_SECRET);
    const old = mint({ header: { kid: kidOf(previous) }, key: previous });
    await expectAccepted(old, verifierOf({ previousSecrets: [OTHER_SECRET] }));
    await expectRefused(old, "token_key_unknown", verifierOf());
  });
});

describe("failures are not remembered:", () => {
  it("a token that was too early is accepted later", async () => {
    const { verifier, clock } = observed();
    clock.now = NOW - 100;
    await expectRefused(mint(), "token_not_yet_valid", verifier);
    clock.now = NOW;
    await expectAccepted(mint(), verifier);
  });

  it("a forged token costs its MAC each time", async () => {
    const { verifier, macs } = observed();
    const forged = mint({ key: "guess" });
    for (let time = 0; time < 3; time++) await expectRefused(forged, "token_signature", verifier);
    expect(macs()).toBe(3);
  });

  it("nor does an expired or a revoked one take a place", async () => {
    const { verifier, macs } = observed({ isRevoked: (sessionId) => sessionId === "ended" });
    const expired = mint({ claims: { iat: NOW - 900, exp: NOW } });
    const revoked = mint({ claims: { sid: "ended" } });
    for (let time = 0; time < 3; time++) {
      await expectRefused(expired, "token_expired", verifier);
      await expectRefused(revoked, "token_revoked", verifier);
    }
    expect(macs()).toBe(6);
  });

  it("a platform that failed once is asked again", async () => {
    const { verifier } = observed();
    vi.spyOn(crypto.subtle, "verify").mockRejectedValueOnce(new Error("out of memory"));
    await expectRefused(mint(), "verifier_unavailable", verifier);
    await expectAccepted(mint(), verifier);
  });
});

describe("at the same time", () => {
  it("a hundred verifications of a hundred tokens each get their own user", async () => {
    const verifier = verifierOf({ cacheSize: 20 });
    const ids = Array.from({ length: 100 }, (_, at) => `user-${at}`);
    const round = () =>
      Promise.all(
        ids.map((id) => verifier.verify(mint({ claims: { sub: id, user_id: id, jti: id } }))),
      );
    for (let time = 0; time < 3; time++) {
      expect((await round()).map((access) => access.userId)).toEqual(ids);
    }
  });

  it("a hundred verifications of one token all get the same", async () => {
    const verifier = verifierOf();
    const all = await Promise.all(Array.from({ length: 100 }, () => verifier.verify(mint())));
    expect(new Set(all.map((access) => access.userId))).toEqual(new Set(["user-1"]));
  });
});
