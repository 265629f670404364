/**
 * As much of PostgreSQL's wire protocol (version 3) as it takes to let several connections share
 * one backend: where messages begin and end, and the names of prepared statements in them.
 */

/** The type of the message with which a client says goodbye. */
export const terminate = "X".charCodeAt(0);
const startupTypes = { ssl: 80877103, gssapi: 80877104, cancel: 80877102 } as const;

export type FirstPacket = "encryption" | "cancel" | "startup";

/** Takes a connection's first packet, which has no type byte, off the buffer. Undefined: not all here. */
export function takeFirstPacket(buffer: Buffer): { kind: FirstPacket; rest: Buffer } | undefined {
  if (buffer.length < 8) return undefined;
  const length = buffer.readInt32BE(0);
  if (length < 8 || length > 10_000) throw new Error("Not a PostgreSQL client.");
  if (buffer.length < length) return undefined;
  const code = buffer.readInt32BE(4);
  const rest = buffer.subarray(length);
  if (code === startupTypes.ssl || code === startupTypes.gssapi)
    return { kind: "encryption", rest };
  return { kind: code === startupTypes.cancel ? "cancel" : "startup", rest };
}

/** What a message has before its length is known. */
const HEADER_LENGTH = 5;

/** How many bytes there have to be for the message at the start of a buffer to be whole, or to know more. */
export function messageLength(buffer: Buffer): number {
  if (buffer.length < HEADER_LENGTH) return HEADER_LENGTH;
  const length = 1 + buffer.readInt32BE(1);
  if (length < HEADER_LENGTH) throw new Error("Not a PostgreSQL message.");
  return length;
}

/** What the backend said last: idle, in a transaction, in a failed one; undefined if it is not done. */
export type Status = "I" | "T" | "E";

/** How long the message ReadyForQuery is. */
export const statusLength = 6;

/** The status in the answer's last message, which is ReadyForQuery once a request is done. */
export function statusAfter(answer: Uint8Array): Status | undefined {
  const at = answer.length - statusLength;
  if (
    at < 0 ||
    answer[at] !== 0x5a ||
    Buffer.from(answer.buffer, answer.byteOffset + at + 1, 4).readInt32BE() !== 5
  )
    return undefined;
  return String.fromCharCode(answer[at + 5] ?? 0) as Status;
}

const textAt = (message: Buffer, start: number) =>
  message.toString("latin1", start, message.indexOf(0, start));

function splice(message: Buffer, start: number, end: number, text: string): Buffer {
  const changed = Buffer.concat([
    message.subarray(0, start),
    Buffer.from(text, "latin1"),
    message.subarray(end),
  ]);
  changed.writeInt32BE(changed.length - 1, 1);
  return changed;
}

/**
 * Replaces the name of a prepared statement in a message that has one: in Parse (P) the first
 * field, in Bind (B) the second, in Describe (D) and Close (C) of a statement the one behind "S".
 */
export function renameStatement(
  message: Buffer,
  rename: (name: string, type: string) => string,
): Buffer {
  const type = String.fromCharCode(message[0] ?? 0);
  let start: number;
  if (type === "P") start = 5;
  else if (type === "B") start = message.indexOf(0, 5) + 1;
  else if ((type === "D" || type === "C") && message[5] === 0x53) start = 6;
  else return message;
  const name = textAt(message, start);
  const renamed = rename(name, type);
  return renamed === name ? message : splice(message, start, start + name.length, renamed);
}

/** A message of one type with text fields, as a client sends it. */
export function message(type: string, ...fields: string[]): Buffer {
  const body = Buffer.from(fields.map((field) => `${field}\0`).join(""), "latin1");
  const head = Buffer.alloc(5, type, "latin1");
  head.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
}

const fatal = (code: string, text: string) =>
  message("E", "SFATAL", "VFATAL", `C${code}`, `M${text}`, "");

/** What a client is told that comes while there is no room to open the database. */
export const noRoom = fatal("53100", "The disk is full: the database cannot be opened.");

const readOnly = "C25006\0";

/** Says that the disk is full, by its code, where the database said that it is read-only: that is why. */
export function sayStorageFull(answer: Buffer): Buffer {
  for (let at = answer.indexOf(readOnly); at >= 0; at = answer.indexOf(readOnly, at + 1)) {
    answer.write("C53100", at, "latin1");
  }
  return answer;
}
