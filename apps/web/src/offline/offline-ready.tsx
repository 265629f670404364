"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useIdle } from "../components/lazy-part.tsx";
import { keepKnown } from "../tasks/known-cache.ts";
import { allDue, isWhole } from "../tasks/model/known.ts";
import { useSessionControl } from "../trpc/provider.tsx";
import { beginKeeping } from "./kept-tasks.ts";
import { useDueTasks } from "./use-due-tasks.ts";
import { installWorker, removeWorker } from "./worker.ts";

interface OfflineReadyProps {
  /** Null: there is to be none. */
  worker: string | null;
  userId: string;
  name: string;
}

/** Makes ready for a load without a network, once the page has nothing else to do. */
export function OfflineReady({ worker, userId, name }: OfflineReadyProps) {
  const queryClient = useQueryClient();
  const { confirm } = useSessionControl();
  const idle = useIdle();
  const [dueWanted, setDueWanted] = useState(false);
  useDueTasks(dueWanted);

  useEffect(() => {
    if (idle) void (worker ? installWorker(worker) : removeWorker());
  }, [idle, worker]);

  useEffect(() => {
    if (!idle || !worker || !("serviceWorker" in navigator)) return;
    let stop: (() => void) | undefined;
    let over = false;
    confirm().then(
      () => {
        if (over) return;
        beginKeeping({ userId, name });
        stop = keepKnown(queryClient, userId, (kept) => {
          if (!isWhole(kept, allDue)) setDueWanted(true);
        });
      },
      // Whoever is signed out, or cannot be asked about, is kept nothing of.
      () => {},
    );
    return () => {
      over = true;
      stop?.();
    };
  }, [idle, worker, confirm, userId, name, queryClient]);
  return null;
}
