"use client";

import type { TransferFormat } from "@taskbridge/contract";
import { type ChangeEvent, useRef, useState } from "react";
import { Button } from "../components/button.tsx";
import { Dialog, DialogBody } from "../components/dialog.tsx";
import { Notice } from "../components/notice.tsx";
import { useT } from "../strings/provider.tsx";
import { trpc } from "../trpc/client.ts";
import { failureOf } from "../trpc/failure.ts";
import { useFailureText } from "../trpc/use-failure-text.ts";
import { importFaultOf } from "./model/import-fault.ts";

const MAX_BYTES = 4 * 1024 * 1024;

const formatOf = (name: string): TransferFormat | undefined =>
  (["json", "csv"] as const).find((format) => name.toLowerCase().endsWith(`.${format}`));

/** Adds the tasks of a file; says of each line that cannot be taken why. */
export function ImportDialog({ onClose }: { onClose: () => void }) {
  const t = useT();
  const textOf = useFailureText();
  const utils = trpc.useUtils();
  const input = useRef<HTMLInputElement>(null);
  const [name, setName] = useState("");
  const [unfit, setUnfit] = useState<"transfer.tooLarge" | "transfer.wrongType">();
  const send = trpc.task.import.useMutation({
    onSuccess: () => Promise.all([utils.task.list.invalidate(), utils.task.counts.invalidate()]),
  });

  async function choose(event: ChangeEvent<HTMLInputElement>) {
    const file = event.target.files?.[0];
    // The same file can be chosen again, mended.
    event.target.value = "";
    if (!file) return;
    send.reset();
    setName(file.name);
    const format = formatOf(file.name);
    if (!format) return setUnfit("transfer.wrongType");
    if (file.size > MAX_BYTES) return setUnfit("transfer.tooLarge");
    setUnfit(undefined);
    send.mutate({ format, text: await file.text() });
  }

  const failure = send.error ? failureOf(send.error) : undefined;
  const format = send.variables?.format ?? "json";
  const faults = failure?.errors.map((error) => importFaultOf(failure.code, error, format)) ?? [];
  return (
    <Dialog
      title={t("transfer.importTitle")}
      description={t("transfer.importText")}
      onClose={onClose}
    >
      <DialogBody>
        <input
          ref={input}
          type="file"
          accept=".json,.csv"
          hidden
          aria-label={t("transfer.choose")}
          onChange={choose}
        />
        <Button kind="primary" busy={send.isPending} onClick={() => input.current?.click()}>
          {t("transfer.choose")}
        </Button>
        <div role="status" className="mt-4 empty:hidden">
          {send.isPending && (
            <>
              <p className="text-sm wrap-anywhere">{t("transfer.sending", { name })}</p>
              <progress aria-label={t("transfer.working")} className="progress mt-2" />
            </>
          )}
          {send.data && <p>{t("transfer.done", { count: send.data.count })}</p>}
        </div>
        {unfit && <Notice className="mt-4">{t(unfit)}</Notice>}
        {failure && (
          <Notice className="mt-4">
            <p>
              {failure.code === "validation_failed" ? t("transfer.invalid") : textOf(send.error)}
            </p>
            <ul className="mt-2 space-y-1 empty:hidden">
              {faults.map(({ line, field, reason }, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: they never change, and may be alike.
                <li key={at} className="wrap-anywhere">
                  {line !== undefined && <strong>{t("transfer.line", { line })}: </strong>}
                  {field && <code>{field}: </code>}
                  {t(reason)}
                </li>
              ))}
            </ul>
          </Notice>
        )}
      </DialogBody>
    </Dialog>
  );
}
