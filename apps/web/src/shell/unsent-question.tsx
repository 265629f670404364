"use client";

import { type ReactNode, useState } from "react";
import { ConfirmDialog } from "../components/confirm-dialog.tsx";
import { Dialog } from "../components/dialog.tsx";
import { useT } from "../strings/provider.tsx";
import type { Translate } from "../strings/translate.ts";
import { useOutbox } from "../tasks/outbox/provider.tsx";
import { useUserId } from "../trpc/provider.tsx";
import { type Losses, lossesOf, mustAsk } from "./sign-out-losses.ts";
import { hasSignedOut } from "./signed-in-user.ts";
import type { SignOut } from "./use-sign-out.ts";

/**
 * Asks before a sign-out loses what is not sent, saved or done yet, in this page or another one, and lets nothing
 * be done in this one while the server is told. `question` is to be drawn somewhere.
 */
export function useUnlessUnsent(): {
  unlessUnsent: (signOut: SignOut) => void;
  question: ReactNode;
} {
  const t = useT();
  const outbox = useOutbox();
  const userId = useUserId();
  const [asked, setAsked] = useState<{ signOut: SignOut; losses: Losses }>();
  const [ending, setEnding] = useState(false);

  /** Counts anew each time: another page goes on while this one asks. */
  async function unlessMore(signOut: SignOut, agreed?: Losses) {
    const losses = await lossesOf(userId, outbox);
    if (mustAsk(losses, agreed)) return setAsked({ signOut, losses });
    setEnding(true);
    await signOut(losses.names);
    // Until the next page is here.
    setEnding(hasSignedOut());
  }

  const question = asked && (
    <ConfirmDialog
      {...wordsOf(t, asked.losses)}
      onConfirm={() => void unlessMore(asked.signOut, asked.losses)}
      onClose={() => setAsked(undefined)}
    />
  );
  return {
    unlessUnsent: (signOut) => void unlessMore(signOut),
    question: ending ? <Dialog title={t("account.signingOut")} /> : question,
  };
}

function wordsOf(t: Translate, { unsent, drafts, running }: Losses) {
  const unfinished = t(drafts > 0 ? "drafts.signOutTitle" : "work.signOutTitle");
  const texts = [
    unsent > 0 && t("outbox.signOutText", { count: unsent }),
    drafts > 0 && t("drafts.signOutText", { count: drafts }),
    running > 0 && t("work.signOutText"),
  ];
  return {
    title: unsent > 0 ? t("outbox.signOutTitle") : unfinished,
    text: texts.filter(Boolean).join(" "),
    confirm: t(unsent + drafts > 0 ? "outbox.signOutAnyway" : "work.signOutAnyway"),
  };
}
