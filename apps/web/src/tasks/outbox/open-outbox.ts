import type { QueryClient } from "@tanstack/react-query";
import type { AppRouter } from "@taskbridge/api";
import type { TRPCClient } from "@trpc/client";
import { type CallFailure, troubleOf } from "../../trpc/failure.ts";
import { toSignIn } from "../../trpc/provider.tsx";
import { createAliases } from "../aliases.ts";
import { cachedTask, cacheTask } from "../cache.ts";
import { invalidateCounts } from "../counts-cache.ts";
import { keepRefused, moveDraft } from "../drafts/outbox-drafts.ts";
import { type Change, isNew } from "../model/change.ts";
import { noteSent } from "./last-sent.ts";
import { createListPatches } from "./list-patches.ts";
import { createOutbox, type Outbox } from "./outbox.ts";
import type { Conflict } from "./outcome.ts";
import { inBrowser, onServer } from "./place.ts";
import { createSend } from "./send.ts";
import { openTold, type Told } from "./told.ts";
import { hasTurns } from "./turn.ts";

const LOOK_AFTER_MS = 30;

interface Options {
  userId: string;
  client: TRPCClient<AppRouter>;
  queryClient: QueryClient;
  onRefused: (change: Change, failure: CallFailure, retry: () => void) => void;
  /** Another page tries a refused change again: it is to be tried once. */
  onRetried: (id: string) => void;
  onGone: (change: Change, restore: () => void) => void;
  onConflict: (conflict: Conflict) => void;
  /** Whether the page came without the server. */
  outOfReach: boolean;
}

/** An outbox that keeps what was loaded, on all of the user's pages, as the server said it became. */
export function openOutbox({ userId, client, queryClient, outOfReach, ...on }: Options) {
  const place = typeof window === "undefined" ? onServer : inBrowser(userId);
  const aliases = createAliases(place.storage.madeAs);
  let others: ReturnType<typeof openTold>;

  const lists = createListPatches(queryClient);
  const takeGone = (change: Change) => {
    const { task } = change;
    lists.takeAway(task.id);
    on.onGone(change, () => void outbox.add([{ kind: "restore", task }]));
  };
  const takeRefused = (change: Change, failure: CallFailure) => {
    const { id, ...act } = change;
    const letGo = keepRefused(userId, change, failure);
    on.onRefused(change, failure, () => {
      letGo();
      outbox.add([act]);
      others?.tell({ kind: "retried", id });
    });
  };
  const takeConflict = ({ fresh, gone }: Conflict) =>
    gone ? lists.takeAway(fresh.id) : cacheTask(queryClient, fresh.id, fresh);

  const outbox: Outbox = createOutbox(
    { send: createSend(client), ...place },
    {
      onDone: (change, task) => {
        noteSent();
        const knownAs = change.task.id;
        const id = task?.id ?? knownAs;
        if (task && id !== knownAs) {
          aliases.add(knownAs, id);
          moveDraft(userId, knownAs, id);
        }
        const before = isNew(change) ? null : (cachedTask(queryClient, id) ?? change.task);
        lists.take(id, before, task);
        if (change.kind === "restore" || change.kind === "delete") lists.readDeletedAnew();
        others?.tell({ kind: "done", change: { id: change.id }, knownAs, id, before, task });
        // Once all is told: then what was reckoned here gives way.
        if (outbox.state().changes.length <= 1) lists.countAnew();
      },
      onGone: (change) => {
        takeGone(change);
        others?.tell({ kind: "gone", change });
        lists.countAnew();
      },
      onRefused: (change, failure) => {
        takeRefused(change, failure);
        others?.tell({ kind: "refused", change, failure });
      },
      onConflict: (conflict) => {
        takeConflict(conflict);
        others?.tell({ kind: "conflict", conflict });
        on.onConflict(conflict);
      },
      onSignedOut: toSignIn,
    },
  );

  function hear(told: Told) {
    switch (told.kind) {
      case "done": {
        const { change, knownAs, id, before, task } = told;
        if (id !== knownAs) aliases.add(knownAs, id);
        lists.take(id, before, task);
        outbox.hearDone(change.id);
        return void invalidateCounts(queryClient, "none");
      }
      case "gone":
        return takeGone(told.change);
      case "refused":
        return takeRefused(told.change, told.failure);
      case "retried":
        return on.onRetried(told.id);
      case "conflict":
        return takeConflict(told.conflict);
    }
  }

  const readAgain = () =>
    void queryClient.invalidateQueries({ predicate: ({ state }) => state.error !== null });
  if (outOfReach) outbox.reach("away");
  // What is read finds out as well whether the server can be reached.
  queryClient.getQueryCache().subscribe((event) => {
    if (event.type !== "updated") return;
    const { action } = event;
    const trouble = action.type === "error" ? troubleOf(action.error) : undefined;
    if (trouble === "away" || trouble === "clocks") outbox.reach(trouble);
    if (action.type !== "success" || action.manual || !outbox.state().unreachable) return;
    outbox.reach(null);
    readAgain();
  });
  const kick = () => {
    outbox.kick();
    readAgain();
  };
  let looking: ReturnType<typeof setTimeout> | undefined;
  /** What another page has sent it tells by itself, most often before this is seen. */
  const lookSoon = () => {
    if (looking) return;
    looking = setTimeout(() => {
      looking = undefined;
      // What that page leaves unsent is this one's. Without turns, both would send it.
      if (hasTurns()) outbox.resume();
      else outbox.refresh();
    }, LOOK_AFTER_MS);
  };
  /** Hears what this user's other pages in this browser do, until the function it returns is called. */
  const listen = () => {
    const opened = openTold(userId, hear);
    others = opened;
    const stopLooking = place.storage.subscribe(lookSoon);
    return () => {
      opened?.close();
      stopLooking();
      if (others === opened) others = undefined;
    };
  };
  /** After a time in which this page was frozen, and may have heard nothing. */
  const wake = () => {
    outbox.resume();
    void queryClient.invalidateQueries();
  };
  return { outbox: { ...outbox, kick }, aliases, listen, wake };
}
