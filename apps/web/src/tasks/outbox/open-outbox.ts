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
import { keepRefused, moveDraft } from "../drafts/outbox-drafts.ts";
import { type Change, isNew } from "../model/change.ts";
import { noteSent } from "./last-sent.ts";
import { createOutbox, type Outbox } from "./outbox.ts";
import type { Conflict } from "./outcome.ts";
import { createSend } from "./send.ts";
import { createOutboxStorage, type OutboxStorage } from "./storage.ts";

const deletedKey = getQueryKey(trpc.task.listDeleted);

const COUNT_AFTER_MS = 1_000;

/** Told to the user's other pages in this browser. */
interface Told {
  id: string;
  /** As it was; null where there was none. */
  before: Task | null;
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
  // Opened in the browser alone: Node has such channels too, and keeps an open one for ever.
  let channel: BroadcastChannel | undefined;

  let counting: ReturnType<typeof setTimeout> | undefined;
  /** Once for all that happens within a moment; a page that nobody sees asks when it is looked at. */
  const countAnew = () => {
    clearTimeout(counting);
    counting = setTimeout(() => void invalidateCounts(queryClient), COUNT_AFTER_MS);
  };
  const outbox: Outbox = createOutbox(createSend(client), storageOf(userId), {
    onDone: (change, task) => {
      noteSent();
      if (task && task.id !== change.task.id) {
        aliases.add(change.task.id, task.id);
        moveDraft(userId, change.task.id, task);
      }
      const id = task?.id ?? change.task.id;
      const before = isNew(change) ? null : (cachedTask(queryClient, id) ?? change.task);
      patchCounts(queryClient, before, task);
      cacheTask(queryClient, id, task);
      if (change.kind === "restore" || change.kind === "delete") {
        void queryClient.invalidateQueries({ queryKey: deletedKey });
      }
      channel?.postMessage({ id, before, task } satisfies Told);
      // Once all is told: then what was reckoned here gives way.
      if (outbox.state().changes.length <= 1) countAnew();
    },
    onRefused: (change, failure) => {
      const { id: _, ...act } = change;
      const letGo = keepRefused(userId, change, failure);
      on.onRefused(change, failure, () => {
        letGo();
        outbox.add([act]);
      });
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
  /** Hears what this user's other pages in this browser have done, until the function it returns is called. */
  const listen = () => {
    if (typeof BroadcastChannel === "undefined") return () => {};
    const opened = new BroadcastChannel(`tasks.${userId}`);
    opened.onmessage = ({ data: { id, before, task } }: MessageEvent<Told>) => {
      patchCounts(queryClient, before, task);
      cacheTask(queryClient, id, task);
      void invalidateCounts(queryClient, "none");
    };
    channel = opened;
    return () => {
      opened.close();
      if (channel === opened) channel = undefined;
    };
  };
  const kick = () => {
    outbox.kick();
    readAgain();
  };
  return { outbox: { ...outbox, kick }, aliases, listen };
}

/** While the server draws the page, nobody does anything. */
const storageOf = (userId: string): OutboxStorage =>
  typeof window === "undefined"
    ? { save: () => true, adopt: async () => [], clear: () => {} }
    : createOutboxStorage(userId);
