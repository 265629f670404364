"use client";

import { type ReactNode, useState } from "react";
import { ConfirmDialog } from "../components/confirm-dialog.tsx";
import { useT } from "../strings/provider.tsx";
import { countDrafts } from "../tasks/drafts/page-drafts.ts";
import { useOutboxState } from "../tasks/outbox/provider.tsx";
import { useUserId } from "../trpc/provider.tsx";

/** Asks before a sign-out loses what is not sent or saved yet; `question` is to be drawn somewhere. */
export function useUnlessUnsent(): {
  unlessUnsent: (signOut: () => unknown) => void;
  question: ReactNode;
} {
  const t = useT();
  const { changes, conflicts } = useOutboxState();
  const unsent = changes.length + conflicts.length;
  const userId = useUserId();
  const [asked, setAsked] = useState<{ signOut: () => unknown; drafts: number }>();

  return {
    unlessUnsent: (signOut) => {
      const drafts = countDrafts(userId);
      if (unsent + drafts > 0) setAsked({ signOut, drafts });
      else signOut();
    },
    question: asked && (
      <ConfirmDialog
        title={t(unsent > 0 ? "outbox.signOutTitle" : "drafts.signOutTitle")}
        text={[
          unsent > 0 && t("outbox.signOutText", { count: unsent }),
          asked.drafts > 0 && t("drafts.signOutText", { count: asked.drafts }),
        ]
          .filter(Boolean)
          .join(" ")}
        confirm={t("outbox.signOutAnyway")}
        onConfirm={asked.signOut}
        onClose={() => setAsked(undefined)}
      />
    ),
  };
}
