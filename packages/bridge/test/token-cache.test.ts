import { describe, expect, it } from "vitest";
import { TokenCache } from "../src/lib/token-cache.ts";
import { ISSUER, KEY, verifierOf } from "./helpers.ts";

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
