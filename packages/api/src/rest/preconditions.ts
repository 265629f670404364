import { DomainError } from "@taskbridge/contract";

/** A task's strong entity tag (RFC 9110 §8.8.3) is its version in quotes. */
export const etagOf = (version: number) => `"${version}"`;

/** Weak comparison, as If-None-Match asks for (RFC 9110 §13.1.2). */
export function noneMatch(header: string | null, etag: string): boolean {
  if (header === null) return true;
  const tags = header.split(",").map((tag) => tag.trim().replace(/^W\//, ""));
  return !tags.includes("*") && !tags.includes(etag);
}

/**
 * The version that If-Match asks for (RFC 9110 §13.1.1), compared strongly: a weak or foreign tag
 * matches nothing. Undefined where any version will do.
 */
export async function versionToMatch(
  header: string | null,
  currentVersion: () => Promise<number>,
): Promise<number | undefined> {
  if (header === null || header.trim() === "*") return undefined;
  const tags = header.split(",").map((tag) => tag.trim());
  const only = tags.length === 1 ? /^"([1-9][0-9]{0,8})"$/.exec(tags[0] ?? "") : null;
  if (only) return Number(only[1]);
  // Several tags, or one that no task can have: only the present version can tell.
  const version = await currentVersion();
  if (tags.includes(etagOf(version))) return version;
  throw new DomainError("version_mismatch", "The task has none of the versions that you named.");
}
