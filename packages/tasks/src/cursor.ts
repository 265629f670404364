import { createHmac, createSecretKey, type KeyObject, timingSafeEqual } from "node:crypto";
import { DomainError } from "@taskbridge/contract";

/** Where a page ended: the last row's value in the sorted column, and its id to break ties. */
export interface Position {
  value: string | null;
  id: string;
}

/** What a list was asked for. */
export interface PageQuery {
  limit: number;
  cursor?: string | undefined;
}

/**
 * Cursors are opaque and tamper-evident: `position.mac`, both base64url, the MAC (HMAC-SHA256, cut
 * to 128 bits) over the owner, the query and the position. A cursor that was changed, or belongs to
 * another query or user, is refused as invalid input.
 */
export function createCursors(key: Uint8Array, previousKeys: readonly Uint8Array[] = []) {
  const signing = createSecretKey(key);
  const accepted = [signing, ...previousKeys.map((each) => createSecretKey(each))];
  const mac = (owner: string, query: PageQuery, position: string, by: KeyObject) =>
    createHmac("sha256", by)
      .update(JSON.stringify([owner, asked(query), position]))
      .digest()
      .subarray(0, 16);

  return {
    encode(owner: string, query: PageQuery, position: Position): string {
      const text = JSON.stringify([position.value, position.id]);
      return `${Buffer.from(text).toString("base64url")}.${mac(owner, query, text, signing).toString("base64url")}`;
    },

    decode(owner: string, query: PageQuery, cursor: string): Position {
      const [position = "", signature = ""] = cursor.split(".");
      const text = Buffer.from(position, "base64url").toString();
      const given = Buffer.from(signature, "base64url");
      const genuine = accepted.some((by) => {
        const expected = mac(owner, query, text, by);
        return given.length === expected.length && timingSafeEqual(given, expected);
      });
      // One spelling alone: decoders let others pass.
      const canonical = `${position}.${given.toString("base64url")}` === cursor;
      if (!genuine || !canonical) throw invalidCursor();
      const [value, id] = JSON.parse(text) as [string | null, string];
      return { value, id };
    },
  };
}
export type Cursors = ReturnType<typeof createCursors>;

/** All that decides which rows come in which order; the page size may change from page to page. */
const asked = ({ cursor: _, limit: __, ...query }: PageQuery) =>
  Object.entries(query).sort(([a], [b]) => (a < b ? -1 : 1));

const invalidCursor = () =>
  new DomainError("validation_failed", "The cursor does not belong to this list.", [
    { pointer: "/cursor", message: "Is not a cursor that this query returned." },
  ]);
