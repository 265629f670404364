"use client";

import { Toast } from "@base-ui/react/toast";
import { X } from "lucide-react";
import { useEffect } from "react";
import { useT } from "../strings/provider.tsx";
import type { ToastQueue } from "./toast-queue.ts";

/** How long a message stays, unless it says otherwise, the pointer rests on it or it has the focus. */
const SHOWN_MS = 10_000;

/** Messages, the latest at the bottom. F6 leads the keyboard to them. */
export function ToastRegion({ queue }: { queue: ToastQueue }) {
  const t = useT();
  return (
    <Toast.Provider timeout={SHOWN_MS} limit={4}>
      <Toast.Portal>
        <Toast.Viewport
          aria-label={t("toast.region")}
          className="fixed inset-x-4 bottom-4 z-60 [:root:has([data-stays-below])_&]:bottom-27 sm:[:root:has([data-stays-below])_&]:bottom-20 mx-auto flex max-w-lg flex-col gap-2 print:hidden"
        >
          <Toasts queue={queue} />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  );
}

function Toasts({ queue }: { queue: ToastQueue }) {
  const t = useT();
  const { toasts, add, close } = Toast.useToastManager();

  useEffect(
    () =>
      queue.receive((event) => {
        if (event.kind === "dismiss") return close(event.id);
        const { id, options } = event;
        const { text, tone = "plain", action, timeout } = options;
        add({
          id,
          title: text,
          type: tone,
          ...(timeout !== undefined && { timeout }),
          ...(action && {
            actionProps: {
              children: action.label,
              onClick: () => {
                close(id);
                action.onPress();
              },
            },
          }),
        });
      }),
    [queue, add, close],
  );

  return [...toasts].reverse().map((toast) => (
    <Toast.Root
      key={toast.id}
      toast={toast}
      swipeDirection={["down", "right"]}
      className="rounded-card border border-line bg-surface shadow-lifted data-limited:hidden"
    >
      <Toast.Content className="flex flex-wrap items-center gap-x-1 ps-4 pe-1 py-1">
        <Toast.Title
          render={<p />}
          dir="auto"
          className={`min-w-36 flex-1 py-2 pe-3 text-sm wrap-anywhere ${toast.type === "danger" ? "text-danger" : ""}`}
        />
        <div className="ms-auto flex items-center">
          {toast.actionProps && (
            <Toast.Action className="min-h-11 rounded-control px-3 font-semibold text-accent hover:bg-calm" />
          )}
          <Toast.Close
            aria-label={t("toast.dismiss")}
            className="grid size-11 shrink-0 place-items-center rounded-control text-muted hover:bg-calm"
          >
            <X aria-hidden size={18} />
          </Toast.Close>
        </div>
      </Toast.Content>
    </Toast.Root>
  ));
}
