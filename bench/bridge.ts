/**
 * What a verification costs: `node --import tsx bench/bridge.ts`
 *
 * Three ways over the same tokens, in turns, a median over all rounds: a bare `jose.jwtVerify` with
 * an imported key; the bridge's first verification of a token; the bridge on a token it has seen.
 */
import { jwtVerify } from "jose";
import { createIssuer, createVerifier, deriveKey } from "../packages/bridge/src/index.ts";

const ROUNDS = 61;
const WARM_UP_ROUNDS = 10;
const TOKENS = 1000;
const TARGET = 1.5;

const secret = "8f0d2c5be17a4963b0d6c3f19e5a7724c1d8e6402f9b3a75";
const issuer = "http://localhost:3000";
const { issue } = createIssuer({ secret, issuer });
const tokens = await Promise.all(
  Array.from({ length: TOKENS }, () =>
    issue({ userId: crypto.randomUUID(), sessionId: crypto.randomUUID() }),
  ),
);
const hmac = { name: "HMAC", hash: "SHA-256" };
const key = await crypto.subtle.importKey("raw", await deriveKey(secret), hmac, false, ["verify"]);

const seen = createVerifier({ secret, issuer, cacheSize: 2 * TOKENS });
let first = seen;

const ways: Record<"jose" | "first" | "seen", (token: string) => Promise<unknown>> = {
  jose: (token) => jwtVerify(token, key),
  first: (token) => first.verify(token),
  seen: (token) => seen.verify(token),
};
const names = Object.keys(ways) as (keyof typeof ways)[];
const times = { jose: [] as number[], first: [] as number[], seen: [] as number[] };

const extra = await issue({ userId: "warm", sessionId: "up" });
for (const token of tokens) await seen.verify(token);

for (let round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
  // A verifier that has its key imported and has seen none of the tokens.
  first = createVerifier({ secret, issuer, cacheSize: 2 * TOKENS });
  await first.verify(extra);
  // Another one begins each time, so that none always follows the same one.
  for (const turn of names.keys()) {
    const name = names[(turn + round + WARM_UP_ROUNDS) % names.length] as keyof typeof ways;
    const verify = ways[name];
    // Strings of their own, as each request brings: nothing is known of them, not even their hash.
    const fresh = tokens.map((token) => Buffer.from(token).toString("latin1"));
    const start = performance.now();
    for (const token of fresh) await verify(token);
    const microseconds = ((performance.now() - start) * 1000) / TOKENS;
    if (round >= 0) times[name].push(microseconds);
  }
}

const median = (values: number[]) => values.sort((a, b) => a - b)[values.length >> 1] as number;
const [jose, once, again] = [median(times.jose), median(times.first), median(times.seen)];
const lines = [
  `${ROUNDS} rounds of ${TOKENS} distinct tokens of ${tokens[0]?.length} bytes, Node ${process.version}`,
  `jose.jwtVerify, imported key   ${jose.toFixed(2)} µs`,
  `bridge, first verification     ${once.toFixed(2)} µs   ${(once / jose).toFixed(2)} x jose (at most ${TARGET})`,
  `bridge, token seen before      ${again.toFixed(2)} µs   ${(again / jose).toFixed(3)} x jose`,
];
process.stdout.write(`${lines.join("\n")}\n`);
process.exitCode = once / jose <= TARGET ? 0 : 1;
