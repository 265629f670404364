import { afterEach, describe, expect, test, vi } from "vitest";
import {
  createAccessTokenSource,
  fetchAccessToken,
  SignedOutError,
  userOf,
} from "../src/trpc/access-token.ts";
import { AnsweredBetweenError } from "../src/trpc/answered-between.ts";

const MINUTE = 60_000;

/** A token as the bridge makes them, but for its signature; its times are of another clock. */
function tokenOf(id: string, lifetime = 900): string {
  const iat = 4_000_000_000;
  const claims = { user_id: "ada", jti: id, iat, exp: iat + lifetime, note: "ÿ?>" };
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  return `${part({ alg: "HS256" })}.${part(claims)}.c2ln`;
}

/** A source whose fetches end when the test says so, on a clock that the test turns. */
function setUp() {
  const fetches: { resolve: (token: string) => void; reject: (error: Error) => void }[] = [];
  const clock = { now: 5_000 };
  const source = createAccessTokenSource({
    fetchToken: () => new Promise((resolve, reject) => fetches.push({ resolve, reject })),
    now: () => clock.now,
  });
  return { fetches, clock, source };
}

describe("get", () => {
  test("fetches once for 50 callers, and not again while the token lasts", async () => {
    const { fetches, clock, source } = setUp();
    const waiting = Array.from({ length: 50 }, () => source.get());
    expect(fetches).toHaveLength(1);
    fetches[0]?.resolve(tokenOf("first"));
    expect(new Set(await Promise.all(waiting))).toEqual(new Set([tokenOf("first")]));

    clock.now += 14 * MINUTE - 1;
    expect(await source.get()).toBe(tokenOf("first"));
    expect(fetches).toHaveLength(1);
  });

  test("fetches anew when less than a minute is left, once for 50 callers", async () => {
    const { fetches, clock, source } = setUp();
    const first = source.get();
    fetches[0]?.resolve(tokenOf("first"));
    await first;

    clock.now += 14 * MINUTE;
    const waiting = Array.from({ length: 50 }, () => source.get());
    expect(fetches).toHaveLength(2);
    fetches[1]?.resolve(tokenOf("second"));
    expect(new Set(await Promise.all(waiting))).toEqual(new Set([tokenOf("second")]));
  });

  test("counts the token's life from the question, so that a slow answer does not lengthen it", async () => {
    const { fetches, clock, source } = setUp();
    const first = source.get();
    clock.now += 10 * MINUTE;
    fetches[0]?.resolve(tokenOf("slow"));
    await first;

    clock.now += 4 * MINUTE;
    void source.get();
    expect(fetches).toHaveLength(2);
  });

  test("gives a token that is too short-lived to keep, and fetches the next one", async () => {
    const { fetches, source } = setUp();
    const first = source.get();
    fetches[0]?.resolve(tokenOf("brief", 30));
    expect(await first).toBe(tokenOf("brief", 30));
    void source.get();
    expect(fetches).toHaveLength(2);
  });

  test("keeps no failure: all who waited hear of it, the next call tries again", async () => {
    const { fetches, source } = setUp();
    const waiting = Promise.allSettled([source.get(), source.get()]);
    fetches[0]?.reject(new SignedOutError("You are signed out."));
    for (const result of await waiting) {
      expect(result).toMatchObject({ status: "rejected", reason: { name: "SignedOutError" } });
    }

    const again = source.get();
    expect(fetches).toHaveLength(2);
    fetches[1]?.resolve(tokenOf("second"));
    expect(await again).toBe(tokenOf("second"));
  });

  test("takes no token that cannot be read", async () => {
    const { fetches, source } = setUp();
    const first = source.get();
    fetches[0]?.resolve("not a token");
    await expect(first).rejects.toThrow();
    void source.get();
    expect(fetches).toHaveLength(2);
  });
});

describe("clear", () => {
  test("during a fetch does not bring the old token back", async () => {
    const { fetches, source } = setUp();
    const old = source.get();
    source.clear();
    const next = source.get();
    expect(fetches).toHaveLength(2);
    fetches[1]?.resolve(tokenOf("new"));
    await next;
    fetches[0]?.resolve(tokenOf("old"));
    await old;

    expect(await source.get()).toBe(tokenOf("new"));
    expect(fetches).toHaveLength(2);
  });

  test("during a fetch leaves the newer fetch under way alone when the old one fails", async () => {
    const { fetches, source } = setUp();
    const old = Promise.allSettled([source.get()]);
    source.clear();
    const next = source.get();
    fetches[0]?.reject(new Error("too late"));
    await old;

    void source.get();
    expect(fetches).toHaveLength(2);
    fetches[1]?.resolve(tokenOf("new"));
    expect(await next).toBe(tokenOf("new"));
  });
});

describe("drop", () => {
  test("forgets the refused token alone, so that many refusals make one fetch", async () => {
    const { fetches, source } = setUp();
    const first = source.get();
    fetches[0]?.resolve(tokenOf("refused"));
    await first;

    source.drop(tokenOf("refused"));
    const second = source.get();
    source.drop(tokenOf("refused"));
    void source.get();
    expect(fetches).toHaveLength(2);
    fetches[1]?.resolve(tokenOf("second"));
    await second;

    source.drop(tokenOf("refused"));
    expect(await source.get()).toBe(tokenOf("second"));
    expect(fetches).toHaveLength(2);
  });
});

describe("fetchAccessToken", () => {
  afterEach(() => void vi.unstubAllGlobals());
  const answer = (status: number, body: unknown) =>
    vi.stubGlobal("fetch", async () => Response.json(body, { status }));

  test("gives the token of the session", async () => {
    answer(200, { token: tokenOf("mine") });
    expect(userOf(await fetchAccessToken())).toBe("ada");
  });

  test("tells a proxy that asks for a password from signed out", async () => {
    const headers = { "WWW-Authenticate": "Basic" };
    vi.stubGlobal("fetch", async () => new Response("", { status: 401, headers }));
    await expect(fetchAccessToken()).rejects.toThrow(AnsweredBetweenError);
  });

  test("tells signed out from trouble", async () => {
    answer(401, {});
    await expect(fetchAccessToken()).rejects.toThrow(SignedOutError);
    answer(503, {});
    await expect(fetchAccessToken()).rejects.not.toThrow(SignedOutError);
    answer(429, {});
    await expect(fetchAccessToken()).rejects.toThrow("429");
  });
});
