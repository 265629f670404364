"use client";

import { useQueryClient } from "@tanstack/react-query";
import {
  createContext,
  type ReactNode,
  useContext,
  useEffect,
  useRef,
  useState,
  useSyncExternalStore,
} from "react";
import { useAnnounce } from "../../components/announcer.tsx";
import { useToasts } from "../../components/toast.tsx";
import { useT } from "../../strings/provider.tsx";
import { trpc } from "../../trpc/client.ts";
import { failureText } from "../../trpc/failure-text.ts";
import { nameOf, undoToastOf } from "../names.ts";
import { openOutbox } from "./open-outbox.ts";
import type { Outbox, OutboxState } from "./outbox.ts";

const OutboxContext = createContext<ReturnType<typeof openOutbox> | null>(null);

function useOutboxContext() {
  const value = useContext(OutboxContext);
  if (!value) throw new Error("There is no OutboxProvider around this component.");
  return value;
}

export const useOutbox = (): Outbox => useOutboxContext().outbox;

/** What a task is known by on this page, also after the server has given it its id. */
export const useAliases = () => useOutboxContext().aliases;

export function useOutboxState(): OutboxState {
  const { outbox } = useOutboxContext();
  return useSyncExternalStore(outbox.subscribe, outbox.state, () => nothing);
}

const nothing: OutboxState = {
  ...{ changes: [], conflicts: [], held: new Map(), unreachable: false, kept: true },
  trouble: "away",
};

interface OutboxProviderProps {
  userId: string;
  /** Whether the page came without the server. */
  outOfReach: boolean;
  children: ReactNode;
}

/** What this user has done and the server does not know yet, on whichever page they are. */
export function OutboxProvider({ userId, outOfReach, children }: OutboxProviderProps) {
  const { client } = trpc.useUtils();
  const queryClient = useQueryClient();
  const toasts = useToasts();
  const announce = useAnnounce();
  const t = useT();
  const words = useRef(t);
  useEffect(() => {
    words.current = t;
  }, [t]);

  const [value] = useState(() =>
    openOutbox({
      userId,
      client,
      queryClient,
      outOfReach,
      onRefused: (change, failure, retry) => {
        const { task } = change;
        // It said that this was done.
        toasts.dismiss(undoToastOf(change) ?? "");
        toasts.show({
          text: words.current("tasks.refused", {
            title: nameOf(task),
            reason: failureText(failure, words.current),
          }),
          tone: "danger",
          timeout: 0,
          action: { label: words.current("error.retry"), onPress: retry },
        });
      },
      onConflict: ({ fresh }) =>
        announce(words.current("tasks.conflict", { title: nameOf(fresh) })),
    }),
  );
  const { outbox } = value;
  useEffect(() => value.listen(), [value]);
  useEffect(() => {
    void outbox.start();
    window.addEventListener("online", outbox.kick);
    return () => window.removeEventListener("online", outbox.kick);
  }, [outbox]);

  return <OutboxContext value={value}>{children}</OutboxContext>;
}
