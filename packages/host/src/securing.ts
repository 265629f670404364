import { apiHeaders, type Reached } from "./headers.ts";

type Handle = (request: Request) => Promise<Response>;

/** The same answers with the API's security headers. */
export function securing(handle: Handle, where: Reached): Handle {
  const headers = Object.entries(apiHeaders(where));
  return async (request) => {
    const response = await handle(request);
    for (const [name, value] of headers) response.headers.set(name, value);
    return response;
  };
}
