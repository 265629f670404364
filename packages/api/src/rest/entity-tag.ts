import { hash } from "node:crypto";

/**
 * The strong entity tag (RFC 9110 §8.8.3) of what is answered: a digest of it, so that no other content
 * has it, not even under the same version after a database was restored. Hexadecimal, so that what a
 * proxy puts at its end cannot be a part of it.
 */
export const etagOf = (text: string) => `"${hash("sha256", text, "hex").slice(0, 32)}"`;

/**
 * A tag as `etagOf` makes it, or as proxies that compress change it: weak, as nginx and HAProxy do, or with
 * the coding at its end, as Apache and Caddy do.
 */
const own = /^(?:W\/)?("[0-9a-f]{32})(?:(?:--?|[;:+])(?:x-)?(?:gzip|br|brotli|deflate|zstd))?"$/;

/** The tag that this server gave, whatever a proxy made of it; null for one that it never gave. */
export function ownTagOf(tag: string): string | null {
  const [, digest] = own.exec(tag) ?? [];
  return digest === undefined ? null : `${digest}"`;
}
