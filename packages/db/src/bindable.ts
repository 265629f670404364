export type Bindable = string | Buffer | null;

/**
 * A value as PostgreSQL reads it in a statement's parameter: in its text format, bytes as they are.
 * Instants are told with their offset, so that no setting of the session shifts them.
 */
export function bindable(value: unknown): Bindable {
  if (value === null || value === undefined) return null;
  if (value instanceof Uint8Array) return Buffer.from(value.buffer, value.byteOffset, value.length);
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return `{${value.map(element).join(",")}}`;
  if (typeof value === "object") return JSON.stringify(value);
  return String(value);
}

function element(value: unknown): string {
  const text = bindable(value);
  if (text === null) return "NULL";
  if (typeof text !== "string") throw new TypeError("An array of bytes cannot be a parameter.");
  return `"${text.replace(/["\\]/g, "\\$&")}"`;
}
