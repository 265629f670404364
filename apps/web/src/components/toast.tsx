"use client";

import { createContext, type ReactNode, useContext, useState, useSyncExternalStore } from "react";
import { lazyPart } from "./lazy-part.tsx";
import { createToastQueue, type ToastQueue } from "./toast-queue.ts";

const ToastRegion = lazyPart(() => import("./toast-region.tsx").then((m) => m.ToastRegion));

const QueueContext = createContext<ToastQueue | null>(null);

/** What shows a message at the edge of the page: `show` gives an id that `dismiss` takes. */
export function useToasts(): Pick<ToastQueue, "show" | "dismiss"> {
  const queue = useContext(QueueContext);
  if (!queue) throw new Error("There is no ToastProvider around this component.");
  return queue;
}

/** The region itself is loaded with the first message. */
export function ToastProvider({ children }: { children: ReactNode }) {
  const [queue] = useState(createToastQueue);
  const wanted = useSyncExternalStore(queue.subscribe, queue.isWanted, () => false);
  return (
    <QueueContext value={queue}>
      {children}
      {wanted && <ToastRegion queue={queue} />}
    </QueueContext>
  );
}
