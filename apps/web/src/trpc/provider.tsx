"use client";

import { QueryClientProvider } from "@tanstack/react-query";
import { createContext, type ReactNode, useContext, useEffect, useState } from "react";
import { createAccessTokenSource, fetchAccessToken, userOf } from "./access-token.ts";
import { createClient, createQueryClient, trpc } from "./client.ts";

const ForgetContext = createContext(() => {});

/** Forgets the token and all that was fetched with it. */
export const useForget = () => useContext(ForgetContext);

interface TrpcProviderProps {
  /** Whose page this is. */
  userId: string;
  children: ReactNode;
}

export function TrpcProvider({ userId, children }: TrpcProviderProps) {
  const [tokens] = useState(() =>
    createAccessTokenSource({ fetchToken: () => fetchTokenOf(userId) }),
  );
  const [queryClient] = useState(() => createQueryClient(toSignIn));
  const [client] = useState(() => createClient(tokens));
  const [forget] = useState(() => () => {
    tokens.clear();
    queryClient.clear();
  });

  useEffect(() => {
    // Brought back from the browser's memory, by somebody who may not be the same: ask the server.
    const askAgain = (event: PageTransitionEvent) => event.persisted && window.location.reload();
    window.addEventListener("pageshow", askAgain);
    return () => window.removeEventListener("pageshow", askAgain);
  }, []);

  return (
    <trpc.Provider client={client} queryClient={queryClient}>
      <QueryClientProvider client={queryClient}>
        <ForgetContext value={forget}>{children}</ForgetContext>
      </QueryClientProvider>
    </trpc.Provider>
  );
}

/**
 * The token of this page's user. Where somebody else has signed in meanwhile, in another tab, the
 * page is loaded anew: one person's tasks must not appear under another's name.
 */
async function fetchTokenOf(userId: string): Promise<string> {
  const token = await fetchAccessToken();
  if (userOf(token) === userId) return token;
  window.location.reload();
  throw new Error("Somebody else is signed in now.");
}

/** A full load of the sign-in page: nothing of the last session stays in memory. */
export function toSignIn() {
  const next = encodeURIComponent(window.location.pathname + window.location.search);
  window.location.assign(`/sign-in?next=${next}`);
}
