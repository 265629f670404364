"use client";

import { QueryClientProvider } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { createAccessTokenSource, fetchAccessToken } from "./access-token.ts";
import { createClient, createQueryClient, trpc } from "./client.ts";

/** A full load of the sign-in page: nothing of the last session stays in memory. */
function toSignIn() {
  const next = encodeURIComponent(window.location.pathname + window.location.search);
  window.location.assign(`/sign-in?next=${next}`);
}

export function TrpcProvider({ children }: { children: ReactNode }) {
  const [queryClient] = useState(() => createQueryClient(toSignIn));
  const [client] = useState(() =>
    createClient(createAccessTokenSource({ fetchToken: fetchAccessToken })),
  );
  return (
    <trpc.Provider client={client} queryClient={queryClient}>
      <QueryClientProvider client={queryClient}>{children}</QueryClientProvider>
    </trpc.Provider>
  );
}
