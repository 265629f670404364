import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { freePort } from "../apps/web/test/support/start-app.ts";
import { createVerifier } from "../packages/bridge/src/index.ts";
import {
  encode,
  ISSUER,
  KEY,
  KID,
  macOf,
  SECRET,
  signText,
} from "../packages/bridge/test/helpers.ts";
import { findPython } from "./python.ts";

// The FastAPI example judges every token as the bridge does, whoever signed it.
const python = findPython();
const now = Math.floor(Date.now() / 1000);
const header = { alg: "HS256", typ: "at+jwt", kid: KID };
const H = JSON.stringify(header);
const claimsOf = (n: number) => ({
  sub: "user-1",
  user_id: "user-1",
  sid: "session-1",
  jti: `token-${n}`,
  iss: ISSUER,
  aud: "taskbridge-api",
  iat: now - 10,
  exp: now + 800,
});
/** The first whose MAC is another one in the other alphabet, and with an A in front. */
const claims = Array.from({ length: 1_000 }, (_, n) => claimsOf(n)).find((each) =>
  /\.[^A][^.]*[-_][^.]*$/.test(signText(H, JSON.stringify(each))),
) as ReturnType<typeof claimsOf>;
const C = JSON.stringify(claims);
const token = signText(H, C);
const [first = "", second = "", mac = ""] = token.split(".");
const signed = (one: string, two: string) => `${one}.${two}.${encode(macOf(`${one}.${two}`, KEY))}`;
const within = (more: string) => `${C.slice(0, -1)},${more}}`;
const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const next = (part: string, by = 1) =>
  part.slice(0, -1) + alphabet[alphabet.indexOf(part.slice(-1)) + by];
/** Ends in unused bits, so that it has other spellings. */
const padded = (text: string, rest: number) =>
  text + " ".repeat((rest - (text.length % 3) + 3) % 3);

const tokens: [name: string, token: string][] = [
  ["the genuine one", token],
  ...[1, 2, 3].map((by): [string, string] => [
    `spelling ${by} of the MAC`,
    `${first}.${second}.${next(mac, by)}`,
  ]),
  ["padding", `${token}=`],
  ["more padding", `${token}==`],
  ["the other alphabet", token.replaceAll("-", "+").replaceAll("_", "/")],
  ["a changed MAC", `${first}.${second}.A${mac.slice(1)}`],
  ["no MAC", `${first}.${second}.`],
  [
    "another header under the MAC",
    `${encode(JSON.stringify({ ...header, x: 1 }))}.${second}.${mac}`,
  ],
  ["a header spelt otherwise", signed(next(encode(padded(H, 1))), second)],
  ["claims spelt otherwise", signed(first, next(encode(padded(C, 1))))],
  ["a deep header", `${encode("[".repeat(990))}.e30.AA`],
  ["deep claims", signText(H, within(`"x":${"[".repeat(1200)}${"]".repeat(1200)}`))],
  ["claims 15 deep", signText(H, within(`"x":${"[".repeat(15)}${"]".repeat(15)}`))],
  ["claims 17 deep", signText(H, within(`"x":${"[".repeat(16)}${"]".repeat(16)}`))],
  ["brackets in a string", signText(H, within(`"x":"${"[".repeat(50)}\\"${"{".repeat(50)}"`))],
  [
    "a byte order mark",
    signText(H, Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(C)])),
  ],
  ["UTF-16", signText(H, Buffer.from(C, "utf16le"))],
  [
    "bad UTF-8",
    signText(
      H,
      Buffer.concat([Buffer.from(C.slice(0, -1)), Buffer.from(',"x":"\xff"}', "latin1")]),
    ),
  ],
  ["a surrogate in UTF-8", signText(H, Buffer.from(within('"x":"\xed\xa0\x80"'), "latin1"))],
  ["NaN", signText(H, within('"x":NaN'))],
  ["Infinity", signText(H, within('"exp":Infinity'))],
  ["a claim twice", signText(H, within('"sub":"user-1"'))],
  ["a claim twice, once escaped", signText(H, within('"\\u0073ub":"user-1"'))],
  ["a name twice, deeper", signText(H, within('"x":{"a":1,"a":2}'))],
  ["a header name twice", signText(`${H.slice(0, -1)},"alg":"HS256"}`, C)],
  ["an array", signText(H, "[]")],
  ...Object.entries({
    crit: ["exp"],
    b64: true,
    zip: "DEF",
    jku: "x",
    jwk: {},
    x5u: "x",
    x5c: [],
    x5t: "x",
    "x5t#S256": "x",
    unknown: "x",
    alg: "none",
    typ: "JWT",
    kid: "other",
  }).map(([name, value]): [string, string] => [
    `header ${name}: ${JSON.stringify(value)}`,
    signText(JSON.stringify({ ...header, [name]: value }), C),
  ]),
  ...Object.entries({
    iss: [undefined, `${ISSUER}/`, [ISSUER]],
    aud: [undefined, ["taskbridge-api"], "other"],
    sub: [undefined, "", "user-2", 1, "x".repeat(65), "a\u0000b"],
    user_id: [undefined, "user-2", null],
    sid: [undefined, "", 1, "x".repeat(129), "a\nb"],
    jti: [undefined, "", {}, "x".repeat(128)],
    iat: [undefined, "1", now + 4, now + 20, now + 60, now - 0.5, -1, null],
    exp: [undefined, now, now - 1, now + 900, String(now + 9), [], {}, now + 0.5, true],
    nbf: [now - 5, now + 20, now + 60, "1", 1.5, null, [], -1],
    extra: ["ignored"],
  }).flatMap(([name, values]) =>
    values.map((value): [string, string] => [
      `claim ${name}: ${JSON.stringify(value)?.slice(0, 20)}`,
      signText(H, JSON.stringify({ ...claims, [name]: value })),
    ]),
  ),
  ["exp in other digits", signText(H, C.replace(`"exp":${claims.exp}`, `"exp":${claims.exp}.0`))],
  ["exp beyond all numbers", signText(H, C.replace(`"exp":${claims.exp}`, '"exp":1e400'))],
  ["nbf beyond all numbers", signText(H, within('"nbf":-1e400'))],
  [
    "both users, longest",
    signText(H, JSON.stringify({ ...claims, sub: "😀".repeat(64), user_id: "😀".repeat(64) })),
  ],
];

describe.skipIf(!python)("examples/fastapi", () => {
  let child: ChildProcess;
  let origin: string;
  const { verify } = createVerifier({ secret: SECRET, issuer: ISSUER });

  beforeAll(async () => {
    const port = String(await freePort());
    origin = `http://127.0.0.1:${port}`;
    const cwd = fileURLToPath(new URL("fastapi", import.meta.url));
    const env: NodeJS.ProcessEnv = {
      ...process.env,
      BETTER_AUTH_SECRET: SECRET,
      BETTER_AUTH_URL: ISSUER,
      NOTES_DATABASE: ":memory:",
      PYTHONDONTWRITEBYTECODE: "1",
    };
    child = spawn(python ?? "", ["-m", "uvicorn", "main:app", "--port", port], {
      cwd,
      env,
      stdio: "ignore",
    });
    await vi.waitFor(() => fetch(origin), { timeout: 20_000 });
  }, 30_000);
  afterAll(() => void child.kill());

  test.each(tokens)("judges as the bridge does: %s", async (_, each) => {
    const ours = await verify(each).then(
      ({ userId }) => userId,
      () => null,
    );
    const path = `/api/${encodeURIComponent(ours ?? "user-1")}/notes`;
    const { status } = await fetch(origin + path, { headers: { Authorization: `Bearer ${each}` } });
    expect(status).toBe(ours === null ? 401 : 200);
  });

  test("some of them are accepted, most are not", async () => {
    // Python may take its time to start, and some of these tokens are at the edge of theirs.
    const judge = createVerifier({ secret: SECRET, issuer: ISSUER, now: () => now * 1000 });
    const verdicts = await Promise.allSettled(tokens.map(([, each]) => judge.verify(each)));
    const accepted = verdicts.filter(({ status }) => status === "fulfilled").length;
    expect([accepted, verdicts.length - accepted]).toEqual([12, 83]);
  });
});
