"use client";

import { createAuthClient } from "@taskbridge/auth/client";

/** The server redirects no call: see `fetchHere`. */
export const authClient = createAuthClient({ fetchOptions: { redirect: "manual" } });
