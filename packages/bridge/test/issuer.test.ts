import { describe, expect, it } from "vitest";
import { createIssuer } from "../src/index.ts";
import {
  accessOf,
  expectAccepted,
  HEADER,
  ISSUER,
  KEY,
  macOf,
  NOW,
  OTHER_SECRET,
  SECRET,
  verifierOf,
} from "./helpers.ts";

const issuer = createIssuer({ secret: SECRET, issuer: ISSUER, now: () => NOW * 1000 + 999 });
const subject = { userId: "user-1", sessionId: "session-1" };
const decode = (part = "") => JSON.parse(Buffer.from(part, "base64url").toString());

describe("the issuer", () => {
  it("writes this header, to the byte", async () => {
    const [header] = (await issuer.issue(subject)).split(".");
    expect(decode(header)).toStrictEqual(HEADER);
  });

  it("writes these claims and nothing else", async () => {
    const [, payload] = (await issuer.issue(subject)).split(".");
    expect(decode(payload)).toStrictEqual({
      sub: "user-1",
      user_id: "user-1",
      sid: "session-1",
      jti: expect.stringMatching(
        /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
      ),
      iss: ISSUER,
      aud: "taskbridge-api",
      iat: NOW,
      exp: NOW + 900,
    });
  });

  it("signs with HMAC-SHA256 of the derived key, as Node's own", async () => {
    const [header, payload, mac] = (await issuer.issue(subject)).split(".");
    expect(mac).toBe(macOf(`${header}.${payload}`, KEY).toString("base64url"));
  });

  it("makes another jti each time", async () => {
    const tokens = await Promise.all(Array.from({ length: 50 }, () => issuer.issue(subject)));
    expect(new Set(tokens).size).toBe(50);
  });

  it("takes the time of issue that it is given", async () => {
    const token = await issuer.issue({ ...subject, issuedAt: NOW - 60 });
    expect(await accessOf(token)).toMatchObject({ issuedAt: NOW - 60, expiresAt: NOW + 840 });
  });

  it("signs with the derived key alone, for another audience", async () => {
    const other = createIssuer({
      key: KEY,
      issuer: ISSUER,
      audience: "other",
      now: () => NOW * 1000,
    });
    await expectAccepted(await other.issue(subject), verifierOf({ audience: "other" }));
  });

  it("its tokens pass a verifier to which its secret is a previous one", async () => {
    const verifier = verifierOf({ secret: OTHER_SECRET, previousSecrets: [SECRET] });
    await expectAccepted(await issuer.issue(subject), verifier);
  });

  it.each([
    ["an empty user id", { userId: "" }],
    ["a user id of 65 characters", { userId: "u".repeat(65) }],
    ["a user id with a newline", { userId: "a\nb" }],
    ["a user id that is no string", { userId: 1 as unknown as string }],
    ["an empty session id", { sessionId: "" }],
    ["a session id of 129 characters", { sessionId: "s".repeat(129) }],
    ["a session id that is no string", { sessionId: undefined as unknown as string }],
    ["a fraction as the time of issue", { issuedAt: NOW + 0.5 }],
    ["a negative time of issue", { issuedAt: -1 }],
    ["NaN as the time of issue", { issuedAt: Number.NaN }],
  ])("writes no token for %s", (_name, change) =>
    expect(issuer.issue({ ...subject, ...change })).rejects.toThrow(TypeError),
  );
});
