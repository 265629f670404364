import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";
import type { AppRouter } from "@taskbridge/api";
import { httpBatchLink, retryLink, TRPCClientError, type TRPCLink } from "@trpc/client";
import { createTRPCReact } from "@trpc/react-query";
import type { AccessTokenSource } from "./access-token.ts";
import { SignedOutError } from "./access-token.ts";

export const trpc = createTRPCReact<AppRouter>();

/** What a failed call says: one sentence, and the stable code of the error table. */
export function failureOf(error: unknown) {
  if (!(error instanceof TRPCClientError))
    return { code: "unknown", message: "That did not work." };
  const code: string | undefined = error.data?.code;
  if (code) return { code, message: error.message };
  if (error.cause instanceof SignedOutError) return { code: "signed_out", message: error.message };
  return { code: "unreachable", message: "The server cannot be reached." };
}

const isSignedOut = (error: unknown) =>
  error instanceof TRPCClientError &&
  (error.cause instanceof SignedOutError || error.data?.httpStatus === 401);

/** Client errors stay what they are however often one asks; only outages are worth a retry. */
const worthARetry = (failures: number, error: unknown) => {
  const status = error instanceof TRPCClientError ? error.data?.httpStatus : undefined;
  return failures < 2 && !isSignedOut(error) && (status === undefined || status >= 500);
};

export function createQueryClient(onSignedOut: () => void): QueryClient {
  const onError = (error: unknown) => {
    if (isSignedOut(error)) onSignedOut();
  };
  return new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: { queries: { retry: worthARetry, staleTime: 10_000 } },
  });
}

/** Infinite queries add their `direction` and a null cursor; the contract knows neither. */
const plainInput: TRPCLink<AppRouter> =
  () =>
  ({ op, next }) => {
    if (op.path !== "task.list") return next(op);
    const { direction: _, cursor, ...query } = op.input as Record<string, unknown>;
    return next({ ...op, input: cursor ? { ...query, cursor } : query });
  };

export function createClient(tokens: AccessTokenSource) {
  return trpc.createClient({
    links: [
      plainInput,
      retryLink({
        // Once, with a new token: this one may have been refused before its time.
        retry: ({ error, attempts }) => {
          if (attempts > 1 || error.data?.httpStatus !== 401) return false;
          tokens.clear();
          return true;
        },
      }),
      httpBatchLink({
        url: "/api/trpc",
        maxItems: 20,
        headers: async () => ({ Authorization: `Bearer ${await tokens.get()}` }),
      }),
    ],
  });
}
