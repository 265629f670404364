import { AsyncLocalStorage } from "node:async_hooks";
import { isRefusedRow } from "@taskbridge/db";
import type { PrismaClient } from "@taskbridge/db/bare-client";
import { APIError } from "better-auth/api";

export interface Outages {
  /** The client whose queries are watched. */
  client: PrismaClient;
  /** Rejects with the error of a query that failed, whatever the work made of it. */
  surface<T>(work: () => Promise<T>): Promise<T>;
}

/**
 * Better Auth takes a query that fails for a session that is not there (401), for a user who cannot be
 * made (422), or, as it signs out, for success. Nothing of that is so: only what was looked up and not
 * found is not there. Of all errors it is left those alone that tell of rows, which came or went while
 * it was at work. After the first other one the queries of the same request fail at once: where the
 * database is out of reach, they are not waited for.
 */
export function watchOutages(client: PrismaClient): Outages {
  const requests = new AsyncLocalStorage<{ error?: unknown }>();
  const watched = client.$extends({
    query: {
      async $allOperations({ args, query }) {
        const request = requests.getStore();
        if (request?.error) throw request.error;
        try {
          return await query(args);
        } catch (error) {
          // Our own refusals, which other extensions make of what the database refused, are answers.
          const answered = error instanceof APIError || isRefusedRow(error);
          if (request && !answered) request.error ??= error;
          throw error;
        }
      },
    },
  });
  return {
    client: watched as unknown as PrismaClient,
    async surface(work) {
      const request: { error?: unknown } = {};
      try {
        const result = await requests.run(request, work);
        if (!request.error) return result;
      } catch (error) {
        throw request.error ?? error;
      }
      throw request.error;
    },
  };
}
