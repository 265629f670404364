"use client";

import { type ChangeEvent, useRef } from "react";
import { useAnnounce } from "../components/announcer.tsx";
import { Button } from "../components/button.tsx";
import { Dialog, DialogBody } from "../components/dialog.tsx";
import { Notice } from "../components/notice.tsx";
import { useToasts } from "../components/toast.tsx";
import { useT } from "../strings/provider.tsx";
import { useFailureText } from "../trpc/use-failure-text.ts";
import { UnreadableFile } from "./transfer/file-faults.tsx";
import { ImportPreview } from "./transfer/import-preview.tsx";
import { useFile } from "./transfer/use-file.ts";
import { useImport } from "./use-import.ts";

/** Adds the tasks of a file: first it is read and shown, then sent, and then it can be taken back. */
export function ImportDialog({ onClose }: { onClose: () => void }) {
  const t = useT();
  const textOf = useFailureText();
  const toasts = useToasts();
  const announce = useAnnounce();
  const input = useRef<HTMLInputElement>(null);
  const body = useRef<HTMLDivElement>(null);
  const { chosen, read, readAgain } = useFile();
  const { progress, begin, goOn, undo, reset } = useImport();
  const { state, parts, sent, count, error } = progress;

  function choose(event: ChangeEvent<HTMLInputElement>) {
    const file = event.target.files?.[0];
    // The same file can be chosen again, mended.
    event.target.value = "";
    if (!file) return;
    reset();
    void read(file);
  }

  const running = state === "sending" || state === "undoing";
  const canUndo = count > 0 && ["done", "failed", "undoFailed"].includes(state);

  /** The way back stays open for a while. */
  function close() {
    // What it has to say is said nowhere else.
    if (running) return;
    if (canUndo) {
      toasts.show({
        text:
          sent < parts
            ? t("transfer.doneSoFar", { count, sent, parts })
            : t("transfer.done", { count }),
        action: {
          label: t("tasks.undo"),
          onPress: async () => {
            const { done, reason } = await undo();
            if (done) announce(t("transfer.undone", { count }));
            else
              toasts.show({
                tone: "danger",
                text: t("transfer.undoFailed", { reason: textOf(reason) }),
              });
          },
        },
      });
    }
    onClose();
  }

  /** What was pressed goes: its place has the focus then. */
  const keepingFocus = (act: () => unknown) => () => {
    body.current?.focus();
    void act();
  };
  const name = chosen?.name ?? "";
  const ready = chosen?.state === "read" ? chosen.prepared.tasks.length : 0;
  const busy = running || chosen?.state === "reading";
  return (
    <Dialog
      title={t("transfer.importTitle")}
      // What is in the file needs the room.
      {...(!chosen && { description: t("transfer.importText") })}
      onClose={close}
    >
      <DialogBody>
        <div ref={body} tabIndex={-1} className="outline-none">
          <input
            ref={input}
            type="file"
            accept=".csv,.tsv,.json,.ics,.txt,text/csv,text/calendar,application/json,text/plain"
            hidden
            aria-label={t("transfer.choose")}
            onChange={choose}
          />
          <Button
            kind={chosen ? "plain" : "primary"}
            busy={busy}
            onClick={() => input.current?.click()}
          >
            {t(chosen ? "transfer.chooseOther" : "transfer.choose")}
          </Button>
          <div role="status" className="mt-4 empty:hidden">
            {chosen?.state === "reading" && (
              <p className="text-sm wrap-anywhere">{t("transfer.reading", { name })}</p>
            )}
            {chosen?.state === "read" && state === "idle" && (
              <p className="font-medium">
                {ready > 0 ? t("transfer.ready", { count: ready }) : t("transfer.readyNone")}
              </p>
            )}
            {state === "sending" && (
              <>
                <p className="text-sm wrap-anywhere">{t("transfer.sending", { name })}</p>
                <progress
                  aria-label={t("transfer.working")}
                  className="progress mt-2"
                  {...(parts > 1 && { value: sent, max: parts })}
                />
              </>
            )}
            {state === "undoing" && <p>{t("transfer.undoing")}</p>}
            {state === "done" && <p>{t("transfer.done", { count })}</p>}
            {state === "undone" && <p>{t("transfer.undone", { count })}</p>}
            {state === "failed" && sent > 0 && (
              <p>{t("transfer.doneSoFar", { count, sent, parts })}</p>
            )}
          </div>
          {chosen?.state === "unreadable" && (
            <Notice className="mt-4">
              <UnreadableFile error={chosen.error} />
            </Notice>
          )}
          {chosen?.state === "read" && state === "idle" && (
            <ImportPreview
              chosen={chosen}
              onOrder={readAgain}
              onImport={(tasks) => keepingFocus(() => begin(tasks))()}
            />
          )}
          {state === "failed" && (
            <Notice className="mt-4">
              <p>{textOf(error)}</p>
              <Button className="mt-2" onClick={keepingFocus(goOn)}>
                {t("error.retry")}
              </Button>
            </Notice>
          )}
          {state === "undoFailed" && (
            <Notice className="mt-4">{t("transfer.undoFailed", { reason: textOf(error) })}</Notice>
          )}
          {canUndo && (
            <Button className="mt-4" onClick={keepingFocus(undo)}>
              {t("transfer.undo")}
            </Button>
          )}
        </div>
      </DialogBody>
    </Dialog>
  );
}
