import { isIPv4, isIPv6 } from "node:net";

/**
 * The client's address as it is counted, from a connection or from an entry of `X-Forwarded-For`, which
 * proxies write in several ways: without a port, quotes or brackets (RFC 7239 §6), and IPv6 as its /64,
 * which is what one customer is given. Undefined where it is no address.
 */
export function clientAddress(text: string): string | undefined {
  const bare = text.trim().replace(/^"(.*)"$/, "$1");
  const [, inBrackets, ofIpv4] = /^\[([^\]]+)\](?::\d*)?$|^([\d.]+)(?::\d*)?$/.exec(bare) ?? [];
  const [address = ""] = (inBrackets ?? ofIpv4 ?? bare).split("%");
  if (isIPv4(address)) return address;
  if (!isIPv6(address)) return undefined;
  const groups = groupsOf(address);
  const mapped = groups.slice(0, 6).join(":") === "0:0:0:0:0:ffff";
  return mapped ? ipv4Of(groups) : `${groups.slice(0, 4).join(":")}::`;
}

/** What a proxy that is trusted has appended to `X-Forwarded-For`: its word is the last one. */
export const forwardedAddress = (header: string): string | undefined =>
  clientAddress(header.split(",").at(-1) ?? "");

/** All eight, in hexadecimal without leading zeros, as URLs have them. */
function groupsOf(address: string): string[] {
  const { hostname } = new URL(`http://[${address}]`);
  const [head = "", tail] = hostname.slice(1, -1).split("::");
  const before = head ? head.split(":") : [];
  const after = tail ? tail.split(":") : [];
  const zeros = tail === undefined ? 0 : 8 - before.length - after.length;
  return [...before, ...Array<string>(zeros).fill("0"), ...after];
}

const ipv4Of = (groups: readonly string[]): string =>
  groups
    .slice(6)
    .map((group) => Number.parseInt(group, 16))
    .flatMap((number) => [number >> 8, number & 255])
    .join(".");
