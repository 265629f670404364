"use client";

import { useEffect, useEffectEvent, useId, useLayoutEffect, useRef, useState } from "react";
import { useAnnounce } from "../components/announcer.tsx";
import { Button } from "../components/button.tsx";
import { useT } from "../strings/provider.tsx";
import { PartTrouble, troubleTitles } from "./part-trouble.tsx";
import type { PartFailure, PartState } from "./use-part.ts";

/** In the place of a dialog. */
export function DialogFallback({ failure, retry, onClose }: PartState & { onClose: () => void }) {
  if (!failure) return <LoadingNote onCancel={onClose} />;
  return <TroubleDialog {...{ failure, retry, onClose }} />;
}

/** What comes at once needs no word. */
const SAY_AFTER_MS = 300;

/** Says that something is on its way, and keeps keys that are meant for it from the page. */
export function LoadingNote({ onCancel }: { onCancel?: () => void }) {
  const t = useT();
  const announce = useAnnounce();
  const [late, setLate] = useState(false);
  const text = t("loading.part");
  useEffect(() => {
    const timer = setTimeout(() => {
      setLate(true);
      announce(text);
    }, SAY_AFTER_MS);
    return () => clearTimeout(timer);
  }, [announce, text]);
  const onEscape = useEffectEvent(({ key }: KeyboardEvent) => {
    if (key === "Escape") onCancel?.();
  });
  useEffect(() => {
    document.addEventListener("keydown", onEscape);
    return () => document.removeEventListener("keydown", onEscape);
  }, []);
  return (
    <p
      data-takes-keys
      hidden={!late}
      className="fixed inset-x-0 bottom-6 z-60 mx-auto w-max max-w-[calc(100vw-2rem)] rounded-full border border-line bg-surface px-5 py-3 text-sm shadow-lifted print:hidden"
    >
      {text}
    </p>
  );
}

interface TroubleDialogProps {
  failure: PartFailure;
  retry: () => void;
  onClose: () => void;
}

/** The browser's own dialog: ours is a file that may be the very one that is missing. */
export function TroubleDialog({ failure, retry, onClose }: TroubleDialogProps) {
  const t = useT();
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const closed = useEffectEvent(onClose);
  // Before it leaves the page it is closed, which gives the focus back.
  useLayoutEffect(() => {
    const { current } = dialog;
    if (!current) return;
    const onClosed = () => closed();
    current.showModal();
    current.addEventListener("close", onClosed);
    return () => {
      current.removeEventListener("close", onClosed);
      current.close();
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      data-takes-keys
      role="alertdialog"
      aria-labelledby={id}
      className="m-auto w-[calc(100vw-2rem)] max-w-md rounded-card border border-line bg-surface p-5 text-ink shadow-lifted backdrop:bg-veil"
    >
      <h2 id={id} className="mb-1 text-lg font-semibold">
        {t(troubleTitles[failure])}
      </h2>
      <PartTrouble failure={failure} retry={retry}>
        <Button onClick={onClose}>{t("dialog.close")}</Button>
      </PartTrouble>
    </dialog>
  );
}
