import { type ApiRequest, type Reply, toResponse } from "@taskbridge/api";
import { apiHeaders, type Reached } from "./headers.ts";

/** Answers with what is written as it is, or with what the platform has. The URL is the request's. */
export type Handle = (request: ApiRequest, url: URL) => Promise<Reply | Response>;

/** Answers as the platform does, with the API's security headers: for who takes Responses, as Next does. */
export function responding(
  handle: Handle,
  where: Reached,
): (request: Request) => Promise<Response> {
  const secure = securing(where);
  return async (request) => secure(await respond(handle, request));
}

/** Sets the API's security headers, also where another host has set them before. */
export function securing(where: Reached): (response: Response) => Response {
  const headers = Object.entries(apiHeaders(where));
  return (response) => {
    for (const [name, value] of headers) response.headers.set(name, value);
    return response;
  };
}

/** The platform's answer without them, for who is in this process. */
export async function respond(handle: Handle, request: Request): Promise<Response> {
  const answer = await handle(request, new URL(request.url));
  return answer instanceof Response ? answer : toResponse(answer);
}
