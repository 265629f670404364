"use client";

import type { TransferFormat } from "@taskbridge/contract";
import { useEffect, useRef, useState } from "react";
import { useAnnounce } from "../components/announcer.tsx";
import { Button } from "../components/button.tsx";
import { Dialog, DialogActions, DialogBody } from "../components/dialog.tsx";
import { Notice } from "../components/notice.tsx";
import { useT } from "../strings/provider.tsx";
import { trpc } from "../trpc/client.ts";
import { useFailureText } from "../trpc/use-failure-text.ts";
import { useCounts } from "./use-counts.ts";
import { useToday } from "./use-today.tsx";

/** How many tasks the server sends at a time. */
const TASKS_PER_PIECE = 500;
const mediaTypes: Record<TransferFormat, string> = { json: "application/json", csv: "text/csv" };

/** Writes all tasks to a file, and says how far it is. */
export function ExportDialog({ onClose }: { onClose: () => void }) {
  const t = useT();
  const { client } = trpc.useUtils();
  const announce = useAnnounce();
  const textOf = useFailureText();
  const today = useToday();
  const counts = useCounts();
  const [written, setWritten] = useState<number>();
  const [failure, setFailure] = useState<string>();
  const running = useRef<AbortController>(null);
  useEffect(() => () => running.current?.abort(), []);
  const total = counts ? counts.open + counts.completed : undefined;

  async function write(format: TransferFormat) {
    const controller = new AbortController();
    const { signal } = controller;
    running.current = controller;
    setFailure(undefined);
    setWritten(0);
    try {
      const pieces: string[] = [];
      for await (const piece of await client.task.export.query({ format }, { signal })) {
        pieces.push(piece);
        const so = pieces.length * TASKS_PER_PIECE;
        setWritten(total === undefined ? so : Math.min(so, total));
      }
      const name = `tasks-${today}.${format}`;
      download(name, new Blob(pieces, { type: mediaTypes[format] }));
      announce(t("transfer.exported", { name }));
      onClose();
    } catch (error) {
      if (signal.aborted) return;
      setFailure(t("transfer.exportFailed", { reason: textOf(error) }));
    } finally {
      setWritten(undefined);
    }
  }

  const busy = written !== undefined;
  return (
    <Dialog
      title={t("transfer.exportTitle")}
      description={t("transfer.exportText")}
      onClose={onClose}
    >
      <DialogBody>
        <DialogActions>
          <Button kind="primary" busy={busy} onClick={() => write("json")}>
            {t("transfer.exportJson")}
          </Button>
          <Button busy={busy} onClick={() => write("csv")}>
            {t("transfer.exportCsv")}
          </Button>
        </DialogActions>
        <div role="status">
          {busy && (
            <div className="mt-4">
              <p className="text-sm">{t("transfer.exporting", { count: written })}</p>
              <progress
                aria-label={t("transfer.export")}
                className="progress mt-2"
                value={written}
                max={total}
              />
            </div>
          )}
        </div>
        {failure && <Notice className="mt-4">{failure}</Notice>}
      </DialogBody>
    </Dialog>
  );
}

function download(name: string, blob: Blob): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  // Some browsers read it a moment later.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
