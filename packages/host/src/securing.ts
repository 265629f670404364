import { type ApiRequest, type Reply, toResponse } from "@taskbridge/api";
import { apiHeaders, type Reached } from "./headers.ts";

/** Answers with what is written as it is, or with what the platform has. The URL is the request's. */
export type Handle = (request: ApiRequest, url: URL) => Promise<Reply | Response>;

/** The same answers with the API's security headers. */
export function securing(handle: Handle, where: Reached): Handle {
  const headers = apiHeaders(where);
  const entries = Object.entries(headers);
  return async (request, url) => {
    const answer = await handle(request, url);
    if (answer instanceof Response) {
      for (const [name, value] of entries) answer.headers.set(name, value);
    } else {
      Object.assign(answer.headers, headers);
    }
    return answer;
  };
}

/** For who takes Responses alone, as Next does. */
export async function respond(handle: Handle, request: Request): Promise<Response> {
  const answer = await handle(request, new URL(request.url));
  return answer instanceof Response ? answer : toResponse(answer);
}
