import { type NextRequest, NextResponse } from "next/server";
import { readSettings, type Settings } from "./env.ts";
import { pageHeaders } from "./security-headers.ts";

let settings: Settings | undefined;

/**
 * Gives every page its headers, under all hosts. Next reads the nonce from the policy in the request's
 * headers and puts it into its own scripts; a page of ours finds it as `x-nonce`. Whatever a client
 * sends by these names is overwritten. Nothing is authorised here: see docs/security.md.
 */
export function proxy(request: NextRequest): NextResponse {
  settings ??= readSettings();
  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString("base64");
  const answered = pageHeaders(nonce, settings);
  const headers = new Headers(request.headers);
  headers.set("x-nonce", nonce);
  headers.set("Content-Security-Policy", answered["Content-Security-Policy"] ?? "");
  const response = NextResponse.next({ request: { headers } });
  for (const [name, value] of Object.entries(answered)) response.headers.set(name, value);
  return response;
}

export const config = { matcher: "/((?!api/|_next/static/).*)" };
