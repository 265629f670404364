import { type NextRequest, NextResponse } from "next/server";
import { ADDRESS_HEADER } from "./page-address.ts";

/**
 * Tells pages their own address, which Next keeps from layouts. Whatever a client sends by this name is
 * overwritten. Nothing is authorised here.
 */
export function proxy(request: NextRequest): NextResponse {
  const headers = new Headers(request.headers);
  headers.set(ADDRESS_HEADER, request.nextUrl.pathname + request.nextUrl.search);
  return NextResponse.next({ request: { headers } });
}

export const config = { matcher: "/((?!api/|_next/static/).*)" };
