"use client";

import { useQueryClient } from "@tanstack/react-query";
import {
  createContext,
  type ReactNode,
  useContext,
  useEffect,
  useState,
  useSyncExternalStore,
} from "react";
import { holdPage } from "../../forms/hold-page.ts";
import { trpc } from "../../trpc/client.ts";
import { openOutbox } from "./open-outbox.ts";
import type { Outbox } from "./outbox.ts";
import { nothingUnsent, type OutboxState } from "./outbox-state.ts";
import { useBrowserEvents } from "./use-browser-events.ts";
import { useMessages } from "./use-messages.ts";

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
  return useSyncExternalStore(outbox.subscribe, outbox.state, () => nothingUnsent);
}

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
  const messages = useMessages();
  const [value] = useState(() =>
    openOutbox({ userId, client, queryClient, outOfReach, ...messages }),
  );
  useBrowserEvents(value);

  return (
    <OutboxContext value={value}>
      <StayWithUnkept />
      {children}
    </OutboxContext>
  );
}

/** Has the browser ask before the page goes, while something is nowhere but in it. */
function StayWithUnkept() {
  const { kept } = useOutboxState();
  useEffect(() => {
    holdPage("outbox", !kept);
    return () => holdPage("outbox", false);
  }, [kept]);
  return null;
}
