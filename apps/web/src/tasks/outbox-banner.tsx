"use client";

import { CloudOff } from "lucide-react";
import { useSyncExternalStore } from "react";
import { Button } from "../components/button.tsx";
import { useT } from "../strings/provider.tsx";
import { useOutbox, useOutboxState } from "./outbox/provider.tsx";

/** Says that the server is out of reach, and how much waits for it; nothing while all is well. */
export function OutboxBanner() {
  const t = useT();
  const outbox = useOutbox();
  const { changes, unreachable, kept } = useOutboxState();
  const offline = useSyncExternalStore(
    followConnection,
    () => !navigator.onLine,
    () => false,
  );
  const away = offline || unreachable;

  return (
    <div role="status" className="print:hidden">
      {(away || !kept) && (
        <div className="mb-4 flex flex-wrap items-center gap-x-3 gap-y-1 rounded-card border border-line bg-calm px-4 py-2 text-sm">
          {away && (
            <>
              <CloudOff aria-hidden size={18} className="shrink-0 text-warning" />
              <p className="min-w-40 flex-1 py-1">
                {t(offline ? "outbox.offline" : "outbox.unreachable")}{" "}
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

function followConnection(listener: () => void): () => void {
  window.addEventListener("online", listener);
  window.addEventListener("offline", listener);
  return () => {
    window.removeEventListener("online", listener);
    window.removeEventListener("offline", listener);
  };
}
