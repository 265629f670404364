import type { ApiRequest, ReadHeaders } from "../../api-request.ts";
import { refuseBody } from "../../body.ts";
import { ProtocolError } from "../../errors.ts";
import { emptyReply, type Reply } from "../../reply.ts";
import { etagOf } from "../entity-tag.ts";
import { failedPrecondition, readPreconditions } from "../preconditions.ts";
import type { RestRoute } from "../route.ts";
import { createDocument } from "./document.ts";

export const isDocumentPath = ({ pathname }: URL): boolean => pathname === "/api/openapi.json";

/**
 * Answers at `/api/openapi.json`, to everybody, with what describes these routes. Rejects with what the
 * error table knows.
 */
export function servingDocument(routes: readonly RestRoute[]) {
  let made: Made | undefined;
  return async (request: ApiRequest): Promise<Reply> => {
    const answered = await answerMethod(request);
    if (answered) return answered;
    made ??= make(routes);
    return answer(request.headers, made);
  };
}

/** The document as it is sent: the same to everybody, for as long as the process lives. */
interface Made {
  text: string;
  etag: string;
}

function make(routes: readonly RestRoute[]): Made {
  const text = JSON.stringify(createDocument(routes));
  return { text, etag: etagOf(text) };
}

async function answerMethod(request: ApiRequest): Promise<Reply | undefined> {
  const { method } = request;
  const allow = "OPTIONS, HEAD, GET";
  if (method === "OPTIONS") return emptyReply(204, { Allow: allow });
  if (method !== "GET" && method !== "HEAD") {
    throw new ProtocolError("method_not_allowed", `This route takes ${allow}.`, { Allow: allow });
  }
  await refuseBody(request);
  return undefined;
}

function answer(headers: ReadHeaders, { text, etag }: Made): Reply {
  // Caches ask each time, so that a new release is seen at once.
  const kept = { ETag: etag, "Cache-Control": "public, no-cache" };
  if (failedPrecondition({ ...readPreconditions(headers), ifMatch: null }, etag)) {
    return emptyReply(304, kept);
  }
  return { status: 200, headers: { ...kept, "Content-Type": "application/json" }, body: text };
}
