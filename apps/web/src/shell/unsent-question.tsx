"use client";

import { ConfirmDialog } from "../components/confirm-dialog.tsx";
import { useT } from "../strings/provider.tsx";
import { useOutboxState } from "../tasks/outbox/provider.tsx";

/** How many changes would be lost if this person went now. */
export function useUnsent(): number {
  const { changes, conflicts } = useOutboxState();
  return changes.length + conflicts.length;
}

interface UnsentQuestionProps {
  onConfirm: () => unknown;
  onClose: () => void;
}

/** Asks before a sign-out loses what is not sent yet. */
export function UnsentQuestion({ onConfirm, onClose }: UnsentQuestionProps) {
  const t = useT();
  return (
    <ConfirmDialog
      title={t("outbox.signOutTitle")}
      text={t("outbox.signOutText", { count: useUnsent() })}
      confirm={t("outbox.signOutAnyway")}
      onConfirm={onConfirm}
      onClose={onClose}
    />
  );
}
