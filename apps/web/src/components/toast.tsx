"use client";

import { createContext, type ReactNode, useContext, useState, useSyncExternalStore } from "react";
import { ToastFallback } from "../loading/toast-fallback.tsx";
import { lazyPart, useIdle } from "./lazy-part.tsx";
import { createToastQueue, type ToastQueue } from "./toast-queue.ts";

const ToastRegion = lazyPart(
  () => import("./toast-region.tsx").then((m) => m.ToastRegion),
  ToastFallback,
);

const QueueContext = createContext<ToastQueue | null>(null);

/** What shows a message at the edge of the page: `show` gives an id that `dismiss` takes. */
export function useToasts(): Pick<ToastQueue, "show" | "dismiss"> {
  const queue = useContext(QueueContext);
  if (!queue) throw new Error("There is no ToastProvider around this component.");
  return queue;
}

/**
 * The region itself is loaded once the page is idle, or with the first message: a screen reader tells
 * what comes into a region that it knows already.
 */
export function ToastProvider({ children }: { children: ReactNode }) {
  const [queue] = useState(createToastQueue);
  const wanted = useSyncExternalStore(queue.subscribe, queue.isWanted, () => false);
  const idle = useIdle();
  return (
    <QueueContext value={queue}>
      {children}
      {(wanted || idle) && <ToastRegion queue={queue} />}
    </QueueContext>
  );
}
