"use client";

import { createAuthClient } from "@taskbridge/auth/client";
import { fetchJson } from "./trpc/answered-between.ts";

/** Without a fetch of our own, whatever is answered with 200 would be success, a proxy's page too. */
export const authClient = createAuthClient({ fetchOptions: { customFetchImpl: fetchJson } });

/** For calls that something else waits for: without an answer by then, they fail. */
export const withDeadline = { fetchOptions: { timeout: 30_000 } };
