import type { LogLevel } from "@taskbridge/host";

/** So many origins are told of: whoever makes them up must not fill the log. */
const MAX_TOLD = 20;
const MAX_LENGTH = 200;

type Log = (level: LogLevel, message: string, fields: Record<string, string>) => void;

/**
 * Says once for each origin that was refused which setting would let it in. An app that is opened at another
 * address than its own refuses every sign-in, and nothing else says why.
 */
export function tellingOfOrigins(baseUrl: string, log: Log): (request: ReadOrigin) => void {
  const told = new Set<string>();
  return ({ headers }) => {
    const origin = (headers.get("origin") ?? headers.get("referer") ?? "").slice(0, MAX_LENGTH);
    if (told.has(origin) || told.size >= MAX_TOLD) return;
    told.add(origin);
    log(
      "warn",
      "A request came from an origin that is not the app's: if people open the app there, set BETTER_AUTH_URL to it or add it to TRUSTED_ORIGINS.",
      { origin, baseUrl },
    );
  };
}

interface ReadOrigin {
  headers: { get: (name: string) => string | null };
}

/** Better Auth's refusal of an origin, with the address at which the app would have let it in. */
export async function tellAppAddress(
  response: Response,
  baseUrl: string,
  onRefused: () => void,
): Promise<Response> {
  if (response.status !== 403) return response;
  const body = (await response
    .clone()
    .json()
    .catch(() => null)) as { code?: unknown } | null;
  if (body?.code !== "INVALID_ORIGIN") return response;
  onRefused();
  const headers = new Headers(response.headers);
  headers.delete("Content-Length");
  return Response.json({ ...body, appUrl: baseUrl }, { status: 403, headers });
}
