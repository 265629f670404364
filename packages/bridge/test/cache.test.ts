import { afterEach, describe, expect, it, vi } from "vitest";
import { RevocationUnknownError, TokenRevokedError } from "../src/index.ts";
import { TokenCache } from "../src/lib/token-cache.ts";
import {
  accessOf,
  CLAIMS,
  expectAccepted,
  expectRefused,
  ISSUER,
  KEY,
  keyOf,
  kidOf,
  mint,
  NOW,
  OTHER_SECRET,
  refusalOf,
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
    clock.now = CLAIMS.iat - 5;
    await expectAccepted(mint(), verifier);
    clock.now = CLAIMS.iat - 6;
    await expectRefused(mint(), "token_not_yet_valid", verifier);
  });

  it("keeps to its nbf when the clock goes back", async () => {
    const { verifier, clock } = observed();
    const token = mint({ claims: { nbf: NOW } });
    await expectAccepted(token, verifier);
    clock.now = NOW - 6;
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

describe("TokenCache", () => {
  it.each([0, 1, 2, 3, 10, 101])("never holds more than about its size: %i", (size) => {
    const cache = new TokenCache<number>(size);
    for (let at = 0; at < 1000; at++) {
      cache.set(`token-${at}`, at);
      expect(cache.size).toBeLessThanOrEqual(size + (size % 2));
    }
  });

  it("keeps what is in use", () => {
    const cache = new TokenCache<string>(10);
    cache.set("mine", "kept");
    for (let at = 0; at < 1000; at++) {
      cache.set(`token-${at}`, "x");
      expect(cache.get("mine")).toBe("kept");
    }
  });

  it("lets go of what is not", () => {
    const cache = new TokenCache<string>(10);
    cache.set("idle", "gone");
    for (let at = 0; at < 10; at++) cache.set(`token-${at}`, "x");
    expect(cache.get("idle")).toBeUndefined();
  });

  it.each([-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY])("refuses the size %d", (size) => {
    expect(() => new TokenCache(size)).toThrow(TypeError);
    expect(() =>
      verifierOf({ issuer: ISSUER, secret: undefined, key: KEY, cacheSize: size }),
    ).toThrow(TypeError);
  });
});
