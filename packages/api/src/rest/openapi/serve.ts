import { createHash } from "node:crypto";
import { refuseBody } from "../../body.ts";
import { ProtocolError } from "../../errors.ts";
import { failedPrecondition, readPreconditions } from "../preconditions.ts";
import { createDocument } from "./document.ts";

export const isDocumentPath = (pathname: string) => pathname === "/api/openapi.json";

let made: { text: string; etag: string } | undefined;

/** The document as it is sent. It is the same for everybody, for as long as the process lives. */
function document() {
  if (made) return made;
  const text = JSON.stringify(createDocument());
  const hash = createHash("sha256").update(text).digest("base64url").slice(0, 22);
  made = { text, etag: `"${hash}"` };
  return made;
}

/** Answers at `/api/openapi.json`, to everybody. Throws what the error table knows. */
export async function handleDocument({ method, headers }: Request): Promise<Response> {
  const allow = "OPTIONS, HEAD, GET";
  if (method === "OPTIONS") return new Response(null, { status: 204, headers: { Allow: allow } });
  if (method !== "GET" && method !== "HEAD") {
    throw new ProtocolError("method_not_allowed", `This route takes ${allow}.`, { Allow: allow });
  }
  refuseBody(headers);
  const { text, etag } = document();
  // Caches ask each time, so that a new release is seen at once.
  const kept = { ETag: etag, "Cache-Control": "public, no-cache" };
  if (failedPrecondition({ ...readPreconditions(headers), ifMatch: null }, etag)) {
    return new Response(null, { status: 304, headers: kept });
  }
  return new Response(text, { headers: { ...kept, "Content-Type": "application/json" } });
}
