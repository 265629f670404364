"use client";

import { Dialog as Base } from "@base-ui/react/dialog";
import { X } from "lucide-react";
import type { ReactNode, RefObject } from "react";
import { useT } from "../strings/provider.tsx";

interface DialogProps {
  title: string;
  /** Said below the title, and read with it. */
  description?: string;
  /** Where there is none, it stays until it is taken away. */
  onClose?: () => void;
  children?: ReactNode;
  /** At the top: what has an input that a list grows below. */
  placement?: "middle" | "top" | "side";
  /** What gets the focus when it opens; the first thing in it, otherwise. */
  initialFocus?: RefObject<HTMLElement | null>;
  /** Whether only those who cannot see it need the title. */
  titleHidden?: boolean;
}

const places = {
  middle:
    "top-1/2 left-1/2 max-h-[calc(100dvh-2rem)] w-[calc(100vw-2rem)] max-w-lg -translate-x-1/2 -translate-y-1/2 rounded-card",
  top: "top-[max(1rem,12dvh)] left-1/2 max-h-[80dvh] w-[calc(100vw-2rem)] max-w-xl -translate-x-1/2 rounded-card",
  side: "inset-y-0 start-0 w-[min(20rem,calc(100vw-3rem))]",
};

/**
 * A dialog, open for as long as it is there. Escape, its cross and what is behind it close it; the
 * focus then goes back to where it was. It is a good deal of script: load it when it is opened.
 */
export function Dialog({
  title,
  description,
  onClose,
  children,
  placement = "middle",
  initialFocus,
  titleHidden = false,
}: DialogProps) {
  const t = useT();
  return (
    <Base.Root open onOpenChange={(open) => !open && onClose?.()}>
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-40 bg-veil" />
        <Base.Popup
          data-takes-keys
          initialFocus={initialFocus}
          className={`fixed z-50 flex flex-col overflow-hidden short:scroll-py-8 short:overflow-y-auto border border-line bg-surface shadow-lifted ${places[placement]}`}
        >
          <Base.Title
            className={titleHidden ? "sr-only" : "ps-5 pe-14 pt-4 pb-1 text-lg font-semibold"}
          >
            {title}
          </Base.Title>
          {description && (
            <Base.Description className="px-5 pb-1 text-sm text-muted">
              {description}
            </Base.Description>
          )}
          {children}
          {/* Last, so that what the dialog is for comes first and has the focus. */}
          {onClose && (
            <Base.Close
              aria-label={t("dialog.close")}
              className={
                titleHidden
                  ? "sr-only"
                  : "absolute end-2 top-2 grid size-11 place-items-center rounded-control text-muted hover:bg-calm"
              }
            >
              <X aria-hidden size={20} />
            </Base.Close>
          )}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}

/** The buttons at its end: below one another where there is no room beside. */
export function DialogActions({ children }: { children: ReactNode }) {
  return (
    <div className="flex flex-wrap gap-2 pt-2 max-sm:*:flex-auto sm:justify-end">{children}</div>
  );
}

/** What a dialog holds, with room around it; scrolls where there is more than fits, with its title where that is little. */
export function DialogBody({ children }: { children: ReactNode }) {
  return (
    <div className="min-h-0 overflow-y-auto px-5 pt-2 pb-5 short:shrink-0 short:overflow-visible">
      {children}
    </div>
  );
}
