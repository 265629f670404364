"use client";

import { type ReactNode, useState } from "react";
import { ConfirmDialog } from "../components/confirm-dialog.tsx";
import { useT } from "../strings/provider.tsx";
import { countDrafts } from "../tasks/drafts/page-drafts.ts";
import { useOutbox } from "../tasks/outbox/provider.tsx";
import { useUserId } from "../trpc/provider.tsx";

/** Asks before a sign-out loses what is not sent or saved yet, in this page or another one; `question` is to be drawn somewhere. */
export function useUnlessUnsent(): {
  unlessUnsent: (signOut: () => unknown) => void;
  question: ReactNode;
} {
  const t = useT();
  const outbox = useOutbox();
  const userId = useUserId();
  const [asked, setAsked] = useState<{ signOut: () => unknown; unsent: number; drafts: number }>();

  return {
    unlessUnsent: (signOut) => {
      const unsent = outbox.countUnsent();
      const drafts = countDrafts(userId);
      if (unsent + drafts > 0) setAsked({ signOut, unsent, drafts });
      else signOut();
    },
    question: asked && (
      <ConfirmDialog
        title={t(asked.unsent > 0 ? "outbox.signOutTitle" : "drafts.signOutTitle")}
        text={[
          asked.unsent > 0 && t("outbox.signOutText", { count: asked.unsent }),
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
