"use client";

import { useEffect } from "react";
import type { ToastQueue } from "../components/toast-queue.ts";
import { useT } from "../strings/provider.tsx";
import { PartTrouble } from "./part-trouble.tsx";
import type { PartState } from "./use-part.ts";

/** In the place of the messages: they wait in their queue, and each new one asks for their script again. */
export function ToastFallback({ queue, failure, retry }: PartState & { queue: ToastQueue }) {
  const t = useT();
  useEffect(() => queue.subscribe(retry), [queue, retry]);
  if (!failure || !queue.isWanted()) return null;
  return (
    <div
      role="alert"
      className="fixed inset-x-4 bottom-4 z-60 mx-auto max-w-lg rounded-card border border-line bg-surface px-4 py-3 shadow-lifted print:hidden"
    >
      <p className="font-medium">{t("loading.messageFailed")}</p>
      <PartTrouble failure={failure} retry={retry} />
    </div>
  );
}
