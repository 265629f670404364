"use client";

import { type ReactNode, useState } from "react";
import { ConfirmDialog } from "../components/confirm-dialog.tsx";
import { useT } from "../strings/provider.tsx";
import { useOutboxState } from "../tasks/outbox/provider.tsx";

/** Asks before a sign-out loses what is not sent yet; `question` is to be drawn somewhere. */
export function useUnlessUnsent(): {
  unlessUnsent: (signOut: () => unknown) => void;
  question: ReactNode;
} {
  const t = useT();
  const { changes, conflicts } = useOutboxState();
  const unsent = changes.length + conflicts.length;
  const [asked, setAsked] = useState<{ signOut: () => unknown }>();

  return {
    unlessUnsent: (signOut) => void (unsent > 0 ? setAsked({ signOut }) : signOut()),
    question: asked && (
      <ConfirmDialog
        title={t("outbox.signOutTitle")}
        text={t("outbox.signOutText", { count: unsent })}
        confirm={t("outbox.signOutAnyway")}
        onConfirm={asked.signOut}
        onClose={() => setAsked(undefined)}
      />
    ),
  };
}
