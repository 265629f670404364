"use client";

import type { TransferFormat } from "@taskbridge/contract";
import { isCutExport } from "@taskbridge/contract/rules";
import { type ChangeEvent, useRef, useState } from "react";
import { Button } from "../components/button.tsx";
import { Dialog, DialogBody } from "../components/dialog.tsx";
import { Notice } from "../components/notice.tsx";
import { useT } from "../strings/provider.tsx";
import { failureOf } from "../trpc/failure.ts";
import { useFailureText } from "../trpc/use-failure-text.ts";
import { importFaultOf } from "./model/import-fault.ts";
import { useImport } from "./use-import.ts";

const formatOf = (name: string): TransferFormat | undefined =>
  (["json", "csv"] as const).find((format) => name.toLowerCase().endsWith(`.${format}`));

/** Adds the tasks of a file; says of each line that cannot be taken why. */
export function ImportDialog({ onClose }: { onClose: () => void }) {
  const t = useT();
  const textOf = useFailureText();
  const input = useRef<HTMLInputElement>(null);
  const [name, setName] = useState("");
  const [unfit, setUnfit] = useState<
    "transfer.wrongType" | "transfer.cut" | "problem.malformedImport"
  >();
  const { progress, begin, goOn, reset } = useImport();
  const { state, format, parts, sent, count, error, linesBefore } = progress;

  async function choose(event: ChangeEvent<HTMLInputElement>) {
    const file = event.target.files?.[0];
    // The same file can be chosen again, mended.
    event.target.value = "";
    if (!file) return;
    reset();
    setName(file.name);
    const chosen = formatOf(file.name);
    if (!chosen) return setUnfit("transfer.wrongType");
    const text = await file.text();
    // Before its first part is sent: that has nothing to tell it by.
    if (chosen === "csv" && isCutExport(text)) return setUnfit("transfer.cut");
    setUnfit(undefined);
    if (!begin(chosen, text)) setUnfit("problem.malformedImport");
  }

  const busy = state === "sending";
  const failure = state === "failed" ? failureOf(error) : undefined;
  const faults =
    failure?.errors.map(({ line, ...fault }) =>
      importFaultOf(failure.code, { ...fault, line: line && line + linesBefore }, format),
    ) ?? [];
  const introduction = () => {
    // Of a later part, "nothing" would not be true.
    if (sent > 0 && faults.length > 0) return t("transfer.invalidPart");
    return failure?.code === "validation_failed" ? t("transfer.invalid") : textOf(error);
  };
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
        <Button kind="primary" busy={busy} onClick={() => input.current?.click()}>
          {t("transfer.choose")}
        </Button>
        <div role="status" className="mt-4 empty:hidden">
          {busy && (
            <>
              <p className="text-sm wrap-anywhere">{t("transfer.sending", { name })}</p>
              <progress
                aria-label={t("transfer.working")}
                className="progress mt-2"
                {...(parts > 1 && { value: sent, max: parts })}
              />
            </>
          )}
          {state === "done" && <p>{t("transfer.done", { count })}</p>}
          {state === "failed" && sent > 0 && (
            <p>{t("transfer.doneSoFar", { count, sent, parts })}</p>
          )}
        </div>
        {unfit && <Notice className="mt-4">{t(unfit)}</Notice>}
        {failure && (
          <Notice className="mt-4">
            <p>{introduction()}</p>
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
            {faults.length === 0 && (
              <Button className="mt-2" onClick={() => void goOn()}>
                {t("error.retry")}
              </Button>
            )}
          </Notice>
        )}
      </DialogBody>
    </Dialog>
  );
}
