import { type BridgeErrorCode, bridgeErrors } from "./error-table.ts";

/** RFC 9110 §11.5: the protection space that the challenge names. */
const REALM = "taskbridge";

interface BridgeErrorOptions {
  /** In place of the table's sentence. Fixed text only, never what a client sent. */
  description?: string;
  /** For the log, where the fault is ours. A refused token has no cause: it would quote the token. */
  cause?: unknown;
}

/**
 * What `readBearer` and `verify` throw, and nothing else: one class per cause, with a stable code,
 * the status to answer and the exact `WWW-Authenticate` value to send with it.
 *
 * RFC 6750 §3: "If the protected resource request does not include authentication credentials or
 * does not contain an access token that enables access to the protected resource, the resource
 * server MUST include the HTTP 'WWW-Authenticate' response header field".
 */
export abstract class BridgeError extends Error {
  readonly code: BridgeErrorCode;
  readonly status: 400 | 401 | 503;
  /** Null where no other credentials would help (503). */
  readonly challenge: string | null;

  constructor(code: BridgeErrorCode, { description, cause }: BridgeErrorOptions = {}) {
    const row = bridgeErrors[code];
    const sentence = description ?? row.description;
    // Where a refusal was made says nothing, and to find out takes longer than all the rest of it.
    const { stackTraceLimit } = Error;
    if (row.status !== 503) Error.stackTraceLimit = 0;
    super(sentence, cause === undefined ? undefined : { cause });
    Error.stackTraceLimit = stackTraceLimit;
    this.name = new.target.name;
    this.code = code;
    this.status = row.status;
    this.challenge = row.status === 503 ? null : challengeOf(row.error, sentence);
  }
}

function challengeOf(error: string | null, description: string): string {
  if (error === null) return `Bearer realm="${REALM}"`;
  return `Bearer realm="${REALM}", error="${error}", error_description="${description}"`;
}
