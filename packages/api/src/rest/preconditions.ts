import { DomainError } from "@taskbridge/contract";
import { TRPCError } from "@trpc/server";
import type { ReadHeaders } from "../api-request.ts";
import { ProtocolError } from "../errors.ts";
import { ownTagOf } from "./entity-tag.ts";

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
    `${name} must be * or entity tags in double quotes, as ETag has them.`,
  );
}

/**
 * Which condition something with this entity tag fails, in the order of RFC 9110 §13.2.2. If-Match takes our
 * tags weak as well (§13.1.1 would not): behind a proxy that compresses, clients have no others, and what
 * is changed is the same whatever the coding. The conditions on dates are ignored, as they are to be where
 * an answer has no Last-Modified.
 */
export function failedPrecondition(
  { ifMatch, ifNoneMatch }: Preconditions,
  etag: string,
): keyof Preconditions | null {
  const isEtag = (tag: string) => ownTagOf(tag) === etag;
  if (ifMatch !== null && ifMatch !== "*" && !ifMatch.some(isEtag)) return "ifMatch";
  if (ifNoneMatch === "*" || ifNoneMatch?.some(isEtag)) return "ifNoneMatch";
  return null;
}

/** Throws where what is there does not meet the conditions. */
export function assertPreconditions(conditions: Preconditions, etag: string): void {
  const failed = failedPrecondition(conditions, etag);
  if (failed) throw preconditionFailed(failed, conditions);
}

const MAX_ATTEMPTS = 5;

/** One thing with an address of its own. */
export interface Item {
  id: string;
  version: number;
}

/**
 * Makes a change only to a version that passes the check. The version goes into the statement that writes:
 * one that somebody changes in between is looked at again.
 */
export async function writeIf<T>(
  check: (item: Item) => void,
  present: () => Promise<Item>,
  write: (version: number) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    const item = await present();
    check(item);
    try {
      return await write(item.version);
    } catch (error) {
      // Where many write at once, somebody has to be told so: each look costs all others one.
      if (!isVersionMismatch(error) || attempt === MAX_ATTEMPTS) throw error;
    }
  }
}

/** Whether any version that is there may be changed. */
export const allowsAny = ({ ifMatch, ifNoneMatch }: Preconditions) =>
  ifNoneMatch === null && (ifMatch === null || ifMatch === "*");

/** The present version is not one that the conditions allow. */
function preconditionFailed(failed: keyof Preconditions, { ifMatch }: Preconditions): DomainError {
  if (failed === "ifNoneMatch") return mismatch("It has a version that you ruled out.");
  const given = ifMatch !== "*" && ifMatch?.some((tag) => ownTagOf(tag) !== null);
  return mismatch(
    given
      ? "It has changed since the version you named."
      : "If-Match has no tag that this server gives; send the ETag that came with the task.",
  );
}

const mismatch = (sentence: string) => new DomainError("version_mismatch", sentence);

const isVersionMismatch = (error: unknown) =>
  error instanceof TRPCError &&
  error.cause instanceof DomainError &&
  error.cause.code === "version_mismatch";
