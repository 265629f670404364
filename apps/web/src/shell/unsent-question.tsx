"use client";

import { type ReactNode, useState } from "react";
import { ConfirmDialog } from "../components/confirm-dialog.tsx";
import { useT } from "../strings/provider.tsx";
import { useOutbox } from "../tasks/outbox/provider.tsx";

/** Asks before a sign-out loses what this page or another one has not sent yet; `question` is to be drawn somewhere. */
export function useUnlessUnsent(): {
  unlessUnsent: (signOut: () => unknown) => void;
  question: ReactNode;
} {
  const t = useT();
  const outbox = useOutbox();
  const [asked, setAsked] = useState<{ signOut: () => unknown; unsent: number }>();

  return {
    unlessUnsent: (signOut) => {
      const unsent = outbox.countUnsent();
      if (unsent > 0) setAsked({ signOut, unsent });
      else signOut();
    },
    question: asked && (
      <ConfirmDialog
        title={t("outbox.signOutTitle")}
        text={t("outbox.signOutText", { count: asked.unsent })}
        confirm={t("outbox.signOutAnyway")}
        onConfirm={asked.signOut}
        onClose={() => setAsked(undefined)}
      />
    ),
  };
}
