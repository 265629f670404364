import { describe, expect, it } from "vitest";
import {
  CLAIMS,
  encode,
  expectAccepted,
  expectRefused,
  HEADER,
  KEY,
  macOf,
  mint,
} from "./helpers.ts";

const token = mint();
const [header = "", payload = "", signature = ""] = token.split(".");
const input = `${header}.${payload}`;
/** The same input under a MAC of these bytes. */
const withMac = (mac: Uint8Array) => `${input}.${encode(mac)}`;

describe("a MAC is compared as bytes, whatever they are:", () => {
  /** The first valid token whose MAC looks like this; one of 256 does. */
  const withMacLike = (looks: (mac: Buffer) => boolean) => {
    for (let at = 0; at < 100_000; at++) {
      const candidate = mint({ claims: { jti: `token-${at}` } });
      if (looks(Buffer.from(candidate.split(".")[2] ?? "", "base64url"))) return candidate;
    }
    return expect.fail("No token has such a MAC.");
  };
  const cases: [name: string, looks: (mac: Buffer) => boolean][] = [
    ["a zero at the beginning", (mac) => mac[0] === 0],
    ["a zero at the end", (mac) => mac[31] === 0],
    ["all ones at the beginning", (mac) => mac[0] === 255],
    ["all ones at the end", (mac) => mac[31] === 255],
  ];
  it.each(cases)("%s is accepted", (_name, looks) => expectAccepted(withMacLike(looks)));
});

describe("the MAC, changed -> token_signature:", () => {
  const mac = macOf(input);
  const flipped = (at: number, bit: number) => {
    const copy = Buffer.from(mac);
    copy[at] = (copy[at] ?? 0) ^ (1 << bit);
    return copy;
  };
  const cases: [name: string, token: string][] = [
    ["empty", `${input}.`],
    ["all zeros", withMac(Buffer.alloc(32))],
    ["all ones", withMac(Buffer.alloc(32, 255))],
    ["the first bit flipped", withMac(flipped(0, 7))],
    ["the lowest bit of the first byte flipped", withMac(flipped(0, 0))],
    ["a bit in the middle flipped", withMac(flipped(15, 3))],
    ["the last bit flipped", withMac(flipped(31, 0))],
    ["all bits flipped", withMac(mac.map((byte) => byte ^ 255))],
    ["reversed", withMac(Buffer.from(mac).reverse())],
    ["cut to 31 bytes", withMac(mac.subarray(0, 31))],
    ["cut to 16 bytes", withMac(mac.subarray(0, 16))],
    ["cut to 10 bytes", withMac(mac.subarray(0, 10))],
    ["cut to one byte", withMac(mac.subarray(0, 1))],
    ["the last half of it", withMac(mac.subarray(16))],
    ["a byte more", withMac(Buffer.concat([mac, Buffer.alloc(1)]))],
    ["twice", withMac(Buffer.concat([mac, mac]))],
    ["of the header alone", withMac(macOf(header))],
    ["of the payload alone", withMac(macOf(payload))],
    ["of both without the dot", withMac(macOf(header + payload))],
    ["of the decoded parts", withMac(macOf(`${JSON.stringify(HEADER)}.${JSON.stringify(CLAIMS)}`))],
    ["in hex", `${input}.${mac.toString("hex")}`],
    ["SHA-1", withMac(macOf(input, KEY, "sha1"))],
    ["SHA-512 under HS256", withMac(macOf(input, KEY, "sha512"))],
    ["SHA-512 cut to 32 bytes", withMac(macOf(input, KEY, "sha512").subarray(0, 32))],
    ["of another valid token", `${input}.${mint({ claims: { jti: "token-2" } }).split(".")[2]}`],
    [
      "of another user's payload",
      `${header}.${encode(JSON.stringify({ ...CLAIMS, sub: "user-2", user_id: "user-2" }))}.${signature}`,
    ],
  ];
  it.each(cases)("%s", (_name, forged) => expectRefused(forged, "token_signature"));
});
