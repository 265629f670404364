import { sqlStateOf } from "./driver-error.ts";
import type { ServerClient } from "./server-client.ts";
import { WrongServerError } from "./server-state.ts";
import { isTakenAway, isUnavailable } from "./unavailable.ts";

/** Why a server cannot be used. */
export type UnreachableReason =
  | "invalid_url"
  | "refused"
  | "unknown_host"
  | "timeout"
  | "authentication"
  | "no_database"
  | "starting_up"
  | "read_only"
  | "other";

/** A server that cannot be used. Its message says where and why, and never the password. */
export class DatabaseUnreachableError extends Error {
  override readonly name = "DatabaseUnreachableError";
  readonly reason: UnreachableReason;

  constructor(reason: UnreachableReason, message: string) {
    super(message);
    this.reason = reason;
  }
}

/** The server writes nothing: a standby, or one whose default is so. */
export class ReadOnlyError extends Error {}

/** Shorter than this, a secret would be found in words that have nothing to do with it. */
export const SHORTEST_SECRET = 6;

/** A message without what it says of how to log in: an address' user and password, and this one wherever it stands. */
function withoutPassword(message: string, password: unknown): string {
  const text = message.replace(/:\/\/[^\s"'/]*@/g, "://…@");
  const secret = String(password ?? "");
  return secret.length < SHORTEST_SECRET ? text : text.replaceAll(secret, "…");
}

/** One sentence for why a server did not let us in, or would not do. */
export function explain(error: NodeJS.ErrnoException, client: ServerClient, timeoutMs: number) {
  const { database, user, password } = client;
  const where = `the database ${database} at ${client.places.join(" or ")}`;
  const words = withoutPassword(error.message, password);
  const because = (reason: UnreachableReason, why: string) =>
    new DatabaseUnreachableError(reason, `Cannot use ${where}: ${why}`);

  if (error instanceof ReadOnlyError || error instanceof WrongServerError) {
    const why = error instanceof ReadOnlyError ? "it is read-only" : words;
    return because(
      "read_only",
      `${why}. Name the primary, or all hosts with target_session_attrs=read-write.`,
    );
  }
  switch (error.code) {
    case "ECONNREFUSED":
    case "ENOENT":
      return because("refused", "nothing listens there. Is the server running?");
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return because("unknown_host", "there is no host of that name.");
    case "28P01":
      return because("authentication", `it does not let ${user} in with this password.`);
    case "28000":
      return because("authentication", `it does not let ${user} in (${words}).`);
    case "3D000":
      return because("no_database", "the server has no database of that name.");
    case "57P03":
      return because("starting_up", `it is not ready yet (${words}). Start again in a while.`);
  }
  if (
    /time.?out/i.test(error.message) ||
    ["ETIMEDOUT", "EHOSTUNREACH"].includes(error.code ?? "")
  ) {
    return because("timeout", `no answer within ${timeoutMs / 1000} seconds.`);
  }
  if (/password must be a/.test(error.message)) {
    return because(
      "authentication",
      `it asks for a password of ${user}, and the address has none.`,
    );
  }
  if (/certificate|CERT/.test(`${error.code} ${error.message}`)) {
    return because(
      "other",
      `its certificate does not prove who it is (${words}). Give its authority's file as sslrootcert.`,
    );
  }
  return because("other", words);
}

/**
 * A start's failure, once the server had let us in: one sentence for a database that went away or answers
 * too slowly, and any other error as it is.
 */
export const explainStart = (error: unknown): unknown =>
  isUnavailable(error)
    ? new DatabaseUnreachableError(
        sqlStateOf(error) === "25006" ? "read_only" : "other",
        `The database let us in and then failed us: ${withoutEnd((error as Error).message)}. ${isTakenAway(error) ? "Was it dropped or renamed, or a right revoked?" : "Is it overloaded, locked by something else, or going down?"}`,
      )
    : error;

const withoutEnd = (sentence: string) => sentence.trim().replace(/\.$/, "");
