"use client";

import { createAuthClient } from "@taskbridge/auth/client";

export const authClient = createAuthClient();
