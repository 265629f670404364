import type { QueryClient } from "@tanstack/react-query";
import type { AppRouter } from "@taskbridge/api";
import type { Task } from "@taskbridge/contract";
import type { TRPCClient } from "@trpc/client";
import { getQueryKey } from "@trpc/react-query";
import { trpc } from "../../trpc/client.ts";
import { type CallFailure, isUnreachable } from "../../trpc/failure.ts";
import { toSignIn } from "../../trpc/provider.tsx";
import { createAliases } from "../aliases.ts";
import { cachedTask, cacheTask } from "../cache.ts";
import { invalidateCounts, patchCounts } from "../counts-cache.ts";
import { type Change, isNew } from "../model/change.ts";
import { noteSent } from "./last-sent.ts";
import { createOutbox, type Outbox } from "./outbox.ts";
import type { Conflict } from "./outcome.ts";
import { createSend } from "./send.ts";
import { createOutboxStorage, type OutboxStorage } from "./storage.ts";

const deletedKey = getQueryKey(trpc.task.listDeleted);

/** Told to the user's other pages in this browser. */
interface Told {
  id: string;
  task: Task | null;
}

interface Options {
  userId: string;
  client: TRPCClient<AppRouter>;
  queryClient: QueryClient;
  onRefused: (change: Change, failure: CallFailure, retry: () => void) => void;
  onConflict: (conflict: Conflict) => void;
  /** Whether the page came without the server. */
  outOfReach: boolean;
}

/** An outbox that keeps what was loaded, on all of the user's pages, as the server said it became. */
export function openOutbox({ userId, client, queryClient, outOfReach, ...on }: Options) {
  const aliases = createAliases();
  const channel =
    typeof BroadcastChannel === "undefined" ? undefined : new BroadcastChannel(`tasks.${userId}`);

  const countAnew = () => void invalidateCounts(queryClient);
  const outbox: Outbox = createOutbox(createSend(client), storageOf(userId), {
    onDone: (change, task) => {
      noteSent();
      if (task && task.id !== change.task.id) aliases.add(change.task.id, task.id);
      const id = task?.id ?? change.task.id;
      const before = isNew(change) ? null : (cachedTask(queryClient, id) ?? change.task);
      patchCounts(queryClient, before, task);
      cacheTask(queryClient, id, task);
      if (change.kind === "restore" || change.kind === "delete") {
        void queryClient.invalidateQueries({ queryKey: deletedKey });
      }
      channel?.postMessage({ id, task } satisfies Told);
      // Once all is told: then what was reckoned here gives way.
      if (outbox.state().changes.length <= 1) countAnew();
    },
    onRefused: (change, failure) => {
      const { id: _, ...act } = change;
      on.onRefused(change, failure, () => void outbox.add([act]));
    },
    onConflict: (conflict) => {
      cacheTask(queryClient, conflict.fresh.id, conflict.fresh);
      on.onConflict(conflict);
    },
    onSignedOut: toSignIn,
  });
  const readAgain = () =>
    void queryClient.invalidateQueries({ predicate: ({ state }) => state.error !== null });
  if (outOfReach) outbox.reach(false);
  // What is read finds out as well whether the server can be reached.
  queryClient.getQueryCache().subscribe((event) => {
    if (event.type !== "updated") return;
    const { action } = event;
    if (action.type === "error" && isUnreachable(action.error)) outbox.reach(false);
    if (action.type !== "success" || action.manual || !outbox.state().unreachable) return;
    outbox.reach(true);
    readAgain();
  });
  if (channel) {
    channel.onmessage = ({ data: { id, task } }: MessageEvent<Told>) => {
      cacheTask(queryClient, id, task);
      countAnew();
    };
  }
  const kick = () => {
    outbox.kick();
    readAgain();
  };
  return { outbox: { ...outbox, kick }, aliases };
}

/** While the server draws the page, nobody does anything. */
const storageOf = (userId: string): OutboxStorage =>
  typeof window === "undefined"
    ? { save: () => true, adopt: async () => [], clear: () => {} }
    : createOutboxStorage(userId);
