import { createHash, createHmac, hkdfSync, timingSafeEqual } from "node:crypto";

/** The secrets that count: the current one signs, the others are still (or already) accepted. */
export interface Secrets {
  secret: string;
  previousSecrets?: readonly string[] | undefined;
}

/**
 * Better Auth's `secrets`, with which it encrypts what it stores (private keys): the first encrypts,
 * the version written beside a text says which one decrypts. A version must stay with its secret when
 * the list changes, so it is made from the secret: 48 bits of a hash that tells nothing about it.
 */
export function versionedSecrets({ secret, previousSecrets = [] }: Secrets) {
  return [...new Set([secret, ...previousSecrets])].map((value) => ({
    version: createHash("sha256")
      .update(new Uint8Array(hkdfSync("sha256", value, "", "taskbridge/secret-version/v1", 32)))
      .digest()
      .readUIntBE(0, 6),
    value,
  }));
}

/** The names of Better Auth's cookies, as they are sent: nobody decodes those. */
const NAME = /^(?:__Host-)?better-auth\.[a-z_]+$/;

/** A signed cookie's value, once it is decoded: the value itself and base64(HMAC-SHA256). */
const SIGNED_VALUE = /^(.+)\.([A-Za-z0-9+/]{43}=)$/s;

/**
 * Better Auth verifies its cookies with the current secret alone, so that a change of it would sign
 * everybody out. Here those that one of the previous secrets has signed are signed anew on their way
 * in. The browser keeps the old one until Better Auth sets the next.
 */
export function headersWithCurrentCookies(headers: Headers, secrets: Secrets): Headers {
  const given = headers.get("cookie") ?? "";
  const cookies = given
    .split(";")
    .map((cookie) => resign(cookie.trim(), secrets))
    .join("; ");
  if (cookies === given) return headers;
  const changed = new Headers(headers);
  changed.set("cookie", cookies);
  return changed;
}

/** The same for a whole request. */
export function requestWithCurrentCookies(request: Request, secrets: Secrets): Request {
  const headers = headersWithCurrentCookies(request.headers, secrets);
  if (headers === request.headers) return request;
  const { url, method, body } = request;
  // The fetch standard asks for `duplex` where a body is a stream; TypeScript's types do not know it.
  const init = { method, headers, body, duplex: "half" };
  return new Request(url, init);
}

function resign(cookie: string, { secret, previousSecrets = [] }: Secrets): string {
  const at = cookie.indexOf("=");
  const name = cookie.slice(0, at).trimEnd();
  if (!NAME.test(name)) return cookie;
  const text = decode(cookie.slice(at + 1).trim());
  const [, value = "", signature = ""] = SIGNED_VALUE.exec(text) ?? [];
  const genuine = previousSecrets.some((previous) => same(sign(value, previous), signature));
  return genuine ? `${name}=${encodeURIComponent(`${value}.${sign(value, secret)}`)}` : cookie;
}

const sign = (value: string, secret: string) =>
  createHmac("sha256", secret).update(value).digest("base64");

const same = (expected: string, given: string) =>
  expected.length === given.length && timingSafeEqual(Buffer.from(expected), Buffer.from(given));

function decode(value: string): string {
  try {
    return decodeURIComponent(value.replace(/^"(.*)"$/s, "$1"));
  } catch {
    return "";
  }
}
