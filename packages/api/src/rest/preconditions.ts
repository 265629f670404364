import { DomainError } from "@taskbridge/contract";
import { TRPCError } from "@trpc/server";
import type { ReadHeaders } from "../api-request.ts";
import { ProtocolError } from "../errors.ts";

/** A task's strong entity tag (RFC 9110 §8.8.3) is its version in quotes. */
export const etagOf = (version: number) => `"${version}"`;

/** What RFC 9110 §13.1 lets a request demand of the task it is for. Null: nothing. */
export interface Preconditions {
  ifMatch: EntityTags | null;
  ifNoneMatch: EntityTags | null;
}

type EntityTags = "*" | readonly string[];

/** Refuses what is neither `*` nor a list of entity tags: it may have been meant to guard a change. */
export const readPreconditions = (headers: ReadHeaders): Preconditions => ({
  ifMatch: readTags(headers, "If-Match"),
  ifNoneMatch: readTags(headers, "If-None-Match"),
});

// Any character but quotes, spaces and controls: a comma too, so that splitting would not do.
const entityTag = String.raw`(?:W/)?"[\x21\x23-\x7e\x80-\xff]*"`;
// RFC 9110 §5.6.1.2: a recipient takes empty elements.
const entityTags = new RegExp(`^[ \\t,]*${entityTag}(?:[ \\t]*,[ \\t,]*${entityTag})*[ \\t,]*$`);

/** What a header with a condition may be. */
export const conditionPattern = new RegExp(String.raw`^\*$|${entityTags.source}`);

function readTags(headers: ReadHeaders, name: string): EntityTags | null {
  const header = headers.get(name);
  if (header === null || header === "*") return header;
  if (entityTags.test(header)) return header.match(new RegExp(entityTag, "g")) ?? [];
  throw new ProtocolError(
    "malformed_request",
    `${name} must be * or entity tags in double quotes, such as "1".`,
  );
}

/**
 * Which condition something with this entity tag fails, in the order of RFC 9110 §13.2.2. If-Match compares
 * strongly, If-None-Match weakly. The conditions on dates are ignored, as they are to be where an
 * answer has no Last-Modified.
 */
export function failedPrecondition(
  { ifMatch, ifNoneMatch }: Preconditions,
  etag: string,
): keyof Preconditions | null {
  if (ifMatch !== null && ifMatch !== "*" && !ifMatch.includes(etag)) return "ifMatch";
  const weakly = (tag: string) => tag === etag || tag === `W/${etag}`;
  if (ifNoneMatch === "*" || ifNoneMatch?.some(weakly)) return "ifNoneMatch";
  return null;
}

const MAX_ATTEMPTS = 5;

/**
 * Makes a change only to a version that meets the conditions. The version goes into the statement
 * that writes: one that somebody changes in between is looked at again.
 */
export async function writeUnder<T>(
  conditions: Preconditions,
  currentVersion: () => Promise<number>,
  write: (version: number | undefined) => Promise<T>,
): Promise<T> {
  const { ifMatch, ifNoneMatch } = conditions;
  if (ifNoneMatch === null && (ifMatch === null || ifMatch === "*")) return write(undefined);
  const only = ifNoneMatch === null && ifMatch?.length === 1 ? versionOf(ifMatch[0]) : null;
  if (only) return write(only);
  for (let attempt = 1; ; attempt++) {
    const version = await currentVersion();
    const failed = failedPrecondition(conditions, etagOf(version));
    if (failed) throw preconditionFailed(failed);
    try {
      return await write(version);
    } catch (error) {
      // Where many write at once, somebody has to be told so: each look costs all others one.
      if (!isVersionMismatch(error) || attempt === MAX_ATTEMPTS) throw error;
    }
  }
}

/** The present version is not one that the conditions allow; in the services' own words. */
export const preconditionFailed = (failed: keyof Preconditions) =>
  new DomainError(
    "version_mismatch",
    failed === "ifMatch"
      ? "It has changed since the version you named."
      : "It has a version that you ruled out.",
  );

/** The version of a tag that a task can have. */
function versionOf(tag = ""): number | null {
  const digits = /^"([1-9][0-9]{0,8})"$/.exec(tag);
  return digits ? Number(digits[1]) : null;
}

const isVersionMismatch = (error: unknown) =>
  error instanceof TRPCError &&
  error.cause instanceof DomainError &&
  error.cause.code === "version_mismatch";
