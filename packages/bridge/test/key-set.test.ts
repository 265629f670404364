import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createVerifier } from "../src/index.ts";
import { expectRefused, ISSUER, SECRET } from "./helpers.ts";
import { keyPair, keySetVerifier, mintEdDsa, PAIR } from "./key-pairs.ts";

const SECOND = 1000;
const NEXT = keyPair("key-2");

/** A key set that can change and fail, and counts how often it was fetched. */
function source(...pairs: { jwk: unknown }[]) {
  const state = { keys: pairs.map(({ jwk }) => jwk), down: false };
  const fetchSet = vi.fn(async () => {
    if (state.down) throw new Error("The key set is out of reach.");
    return { keys: state.keys };
  });
  return { state, fetchSet, verifier: keySetVerifier({ jwks: fetchSet }) };
}

describe("a key set that changes:", () => {
  beforeEach(
    () => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] }),
  );
  afterEach(() => void vi.useRealTimers());

  it("is fetched once for many tokens", async () => {
    const { fetchSet, verifier } = source(PAIR);
    const tokens = Array.from({ length: 20 }, (_, at) => mintEdDsa({ claims: { jti: `t${at}` } }));
    await Promise.all(tokens.map((token) => verifier.verify(token)));
    expect(fetchSet).toHaveBeenCalledTimes(1);
  });

  it("gives a new key's first token its key, without a pause", async () => {
    const { state, fetchSet, verifier } = source(PAIR);
    await verifier.verify(mintEdDsa());
    vi.advanceTimersByTime(2 * SECOND);
    state.keys = [PAIR.jwk, NEXT.jwk];
    await verifier.verify(mintEdDsa({ pair: NEXT }));
    await verifier.verify(mintEdDsa());
    expect(fetchSet).toHaveBeenCalledTimes(2);
  });

  it("invented names cost one fetch a second, and a new key's token only waits", async () => {
    const { state, fetchSet, verifier } = source(PAIR);
    await verifier.verify(mintEdDsa());
    vi.advanceTimersByTime(1);
    state.keys = [PAIR.jwk, NEXT.jwk];
    const invented = Array.from({ length: 50 }, (_, at) =>
      expectRefused(mintEdDsa({ header: { kid: `no-${at}` } }), "token_key_unknown", verifier),
    );
    const genuine = verifier.verify(mintEdDsa({ pair: NEXT }));
    await vi.advanceTimersByTimeAsync(0.9 * SECOND);
    expect(fetchSet).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(0.2 * SECOND);
    await Promise.all([...invented, genuine]);
    expect(fetchSet).toHaveBeenCalledTimes(2);
  });

  it("forgets a key that went, and the tokens that it verified", async () => {
    const { state, verifier } = source(PAIR);
    const token = mintEdDsa();
    await verifier.verify(token);
    state.keys = [NEXT.jwk];
    vi.advanceTimersByTime(301 * SECOND);
    // The fetch runs behind this one's back.
    await verifier.verify(token);
    await vi.advanceTimersByTimeAsync(2 * SECOND);
    const refused = expectRefused(token, "token_key_unknown", verifier);
    await vi.advanceTimersByTimeAsync(2 * SECOND);
    await refused;
  });

  it("takes no token of an old key when another takes its name", async () => {
    const { state, verifier } = source(PAIR);
    const token = mintEdDsa();
    await verifier.verify(token);
    state.keys = [keyPair(PAIR.kid).jwk];
    vi.advanceTimersByTime(901 * SECOND);
    await expectRefused(token, "token_signature", verifier);
  });

  it("a source that never answers is an outage, and the next fetch may be well", async () => {
    const fetchSet = vi.fn(async () => ({ keys: [PAIR.jwk] }));
    fetchSet.mockImplementationOnce(() => new Promise(() => {}));
    const verifier = keySetVerifier({ jwks: fetchSet });
    const first = expectRefused(mintEdDsa(), "verifier_unavailable", verifier);
    await vi.advanceTimersByTimeAsync(5 * SECOND);
    await first;
    await verifier.verify(mintEdDsa());
  });

  it("out of reach: what is known counts for a quarter of an hour, then nothing is verified", async () => {
    const { state, fetchSet, verifier } = source(PAIR);
    const token = mintEdDsa();
    await verifier.verify(token);
    state.down = true;
    vi.advanceTimersByTime(899 * SECOND);
    await verifier.verify(token);
    // An outage is no 401: whether the new key exists cannot be told.
    const unknown = expectRefused(mintEdDsa({ pair: NEXT }), "verifier_unavailable", verifier);
    await vi.advanceTimersByTimeAsync(1.1 * SECOND);
    await unknown;
    expect(fetchSet).toHaveBeenCalledTimes(3);
    const known = expectRefused(token, "verifier_unavailable", verifier);
    await vi.advanceTimersByTimeAsync(1 * SECOND);
    await known;

    state.down = false;
    await vi.advanceTimersByTimeAsync(1 * SECOND);
    await verifier.verify(token);
  });
});

describe("what is no Ed25519 public key is passed over:", () => {
  const others: [name: string, jwk: unknown][] = [
    ["null", null],
    ["text", "key"],
    ["an RSA key", { kty: "RSA", n: "AQAB", e: "AQAB", kid: PAIR.kid }],
    ["a shared key", { kty: "oct", k: PAIR.jwk.x, kid: PAIR.kid }],
    ["another curve", { ...PAIR.jwk, crv: "X25519" }],
    ["another algorithm", { ...PAIR.jwk, alg: "ES256" }],
    ["a key to encrypt with", { ...PAIR.jwk, use: "enc" }],
    ["a key without a name", { ...PAIR.jwk, kid: undefined }],
    ["31 bytes", { ...PAIR.jwk, x: Buffer.alloc(31, 1).toString("base64url") }],
    ["33 bytes", { ...PAIR.jwk, x: Buffer.alloc(33, 1).toString("base64url") }],
    ["no bytes", { ...PAIR.jwk, x: "" }],
  ];
  it.each(others)("%s", async (_, jwk) => {
    const { verifier } = source({ jwk }, NEXT);
    await verifier.verify(mintEdDsa({ pair: NEXT }));
    await expectRefused(mintEdDsa(), "token_key_unknown", source({ jwk }).verifier);
  });

  it("two keys of one name, and a third counts", async () => {
    const { verifier } = source(PAIR, keyPair(PAIR.kid), NEXT, NEXT);
    await verifier.verify(mintEdDsa({ pair: NEXT }));
    await expectRefused(mintEdDsa(), "token_key_unknown", source(PAIR, keyPair(PAIR.kid)).verifier);
  });

  it.each([null, "keys", {}, { keys: {} }, { keys: Array(101).fill(PAIR.jwk) }])(
    "a set that is none is an outage: %#",
    async (set) => {
      const by = keySetVerifier({ jwks: async () => set });
      const error = await by.verify(mintEdDsa()).catch((thrown) => thrown);
      expect(error).toMatchObject({ code: "verifier_unavailable", status: 503, challenge: null });
    },
  );
});

describe("a key set at an address:", () => {
  let server: Server;
  let answer: [status: number, headers: Record<string, string>, body: string];
  let jwks: string;
  beforeEach(async () => {
    server = createServer((_, response) => {
      response.writeHead(answer[0], answer[1]).end(answer[2]);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    jwks = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/auth/jwks`;
  });
  afterEach(() => void server.close());

  it("is fetched", async () => {
    answer = [200, {}, JSON.stringify({ keys: [PAIR.jwk] })];
    expect((await keySetVerifier({ jwks }).verify(mintEdDsa())).userId).toBe("user-1");
  });

  it.each<[string, typeof answer]>([
    ["404", [404, {}, JSON.stringify({ keys: [PAIR.jwk] })]],
    ["a redirect", [302, { Location: "/elsewhere" }, ""]],
    ["no JSON", [200, {}, "<html>"]],
    ["too much of it", [200, {}, JSON.stringify({ keys: [PAIR.jwk], more: " ".repeat(70_000) })]],
  ])("%s is an outage", async (_, wrong) => {
    answer = wrong;
    await expectRefused(mintEdDsa(), "verifier_unavailable", keySetVerifier({ jwks }));
  });

  it.each([
    "http://tasks.example/api/auth/jwks",
    "ftp://localhost/jwks",
    "/jwks",
    "",
    "http://localhost.evil.example/",
  ])("%j is refused at once", (address) =>
    expect(() => keySetVerifier({ jwks: address })).toThrow(/must be https/),
  );

  it("https is taken", () => {
    expect(() => keySetVerifier({ jwks: "https://tasks.example/api/auth/jwks" })).not.toThrow();
  });
});

it("a verifier has a key set or shared keys, not both", () => {
  const both = { jwks: "https://tasks.example/jwks", issuer: ISSUER };
  expect(() => createVerifier({ ...both, secret: SECRET })).toThrow(TypeError);
  expect(() => createVerifier({ ...both, key: new Uint8Array(32) })).toThrow(TypeError);
  expect(() => createVerifier({ ...both, previousSecrets: [SECRET] })).toThrow(TypeError);
});
