"use client";

import { CloudOff } from "lucide-react";
import { useSyncExternalStore } from "react";
import { Button } from "../components/button.tsx";
import { useToasts } from "../components/toast.tsx";
import { useT } from "../strings/provider.tsx";
import { failureText } from "../trpc/failure-text.ts";
import type { OutboxState } from "./outbox/outbox-state.ts";
import { useOutbox, useOutboxState } from "./outbox/provider.tsx";

/** Says why nothing reaches the server, and how much waits for it; nothing while all is well. */
export function OutboxBanner() {
  const t = useT();
  const outbox = useOutbox();
  const { changes, held, unreachable, trouble, kept } = useOutboxState();
  const offline = useSyncExternalStore(
    followConnection,
    () => !navigator.onLine,
    () => false,
  );
  const away = offline || unreachable;

  return (
    <div role="status" className="print:hidden">
      {held.size > 0 && <HeldChanges held={held} />}
      {(away || !kept) && (
        <div className="mb-4 flex flex-wrap items-center gap-x-3 gap-y-1 rounded-card border border-line bg-calm px-4 py-2 text-sm">
          {away && (
            <>
              <CloudOff aria-hidden size={18} className="shrink-0 text-warning" />
              <p className="min-w-40 flex-1 py-1">
                {t(offline ? "outbox.offline" : troubles[trouble])}{" "}
                {changes.length > 0 && (
                  <strong className="block font-medium">
                    {t("outbox.waiting", { count: changes.length })}
                  </strong>
                )}
              </p>
            </>
          )}
          {!kept && <p className="text-danger">{t("outbox.notKept")}</p>}
          {away && !offline && <Button onClick={outbox.kick}>{t("outbox.retry")}</Button>}
        </div>
      )}
    </div>
  );
}

const troubles = {
  away: "outbox.unreachable",
  between: "outbox.between",
  busy: "outbox.busy",
  clocks: "outbox.clocks",
  refused: "outbox.refused",
} as const;

/** What waits for somebody to say what is to become of it. */
function HeldChanges({ held }: Pick<OutboxState, "held">) {
  const t = useT();
  const outbox = useOutbox();
  const toasts = useToasts();
  const [failure] = held.values();
  const discard = () => {
    const acts = outbox.discardHeld();
    toasts.show({
      text: t("outbox.discarded", { count: acts.length }),
      action: { label: t("tasks.undo"), onPress: () => outbox.add(acts) },
    });
  };
  return (
    <div className="mb-4 flex flex-wrap items-center gap-x-3 gap-y-1 rounded-card border border-line bg-calm px-4 py-2 text-sm">
      <p className="min-w-40 flex-1 py-1 text-danger">
        {t("outbox.held", { count: held.size, reason: failure ? failureText(failure, t) : "" })}
      </p>
      <Button onClick={outbox.kick}>{t("outbox.retry")}</Button>
      <Button onClick={discard}>{t("outbox.discard")}</Button>
    </div>
  );
}

function followConnection(listener: () => void): () => void {
  window.addEventListener("online", listener);
  window.addEventListener("offline", listener);
  return () => {
    window.removeEventListener("online", listener);
    window.removeEventListener("offline", listener);
  };
}
