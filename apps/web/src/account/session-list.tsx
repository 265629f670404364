"use client";

import { useRef, useState } from "react";
import { authClient, withDeadline } from "../auth-client.ts";
import { useAnnounce } from "../components/announcer.tsx";
import { Button } from "../components/button.tsx";
import { Notice } from "../components/notice.tsx";
import { isOver, mayBeDone, refusalOf } from "../forms/refusal.ts";
import { useUnlessUnsent } from "../shell/unsent-question.tsx";
import { type SignOut, useLeave, useSignOut } from "../shell/use-sign-out.ts";
import { useT } from "../strings/provider.tsx";
import type { PlainKey } from "../strings/translate.ts";
import { AccountSection } from "./account-section.tsx";
import { askAs, unlessOver } from "./attempt.ts";
import { deviceName, SessionRow } from "./session-row.tsx";
import { type OwnSession, useSessions } from "./use-sessions.ts";

/** What is under way: a session's id, or one of the two buttons below. */
type Ending = { of: string } | undefined;

export function SessionList({ userId }: { userId: string }) {
  const t = useT();
  const announce = useAnnounce();
  const heading = useRef<HTMLHeadingElement>(null);
  const [ending, setEnding] = useState<Ending>();
  const [failure, setFailure] = useState<PlainKey>();
  const allPerhapsEnded = useRef(false);
  const leave = useLeave();
  const { unlessUnsent, question } = useUnlessUnsent();
  const { data: sessions, isError, isFetching, refetch } = useSessions(userId);
  const signOut = useSignOut(() => setFailure("account.signOutFailed"));

  /** One at a time; says what came of it. */
  async function end(of: string, work: () => unknown) {
    if (ending) return;
    setEnding({ of });
    setFailure(undefined);
    await work();
    setEnding(undefined);
  }

  const ended = async (
    call: Parameters<typeof askAs>[1],
    onSuccess: () => unknown,
  ): Promise<void> => {
    const { problem } = await unlessOver(await askAs(userId, call));
    if (problem) setFailure(refusalOf(problem).reason);
    else await onSuccess();
  };

  const endOne = (session: OwnSession, lost?: ReadonlySet<string>) =>
    end(session.id, () =>
      session.isThis
        ? signOut(lost)
        : ended(
            () => authClient.revokeSession({ token: session.token }),
            async () => {
              await refetch();
              announce(t("account.session.ended", { device: deviceName(t, session.userAgent) }));
              heading.current?.focus();
            },
          ),
    );

  const endOthers = () =>
    end("others", () =>
      ended(
        () => authClient.revokeOtherSessions(),
        async () => {
          await refetch();
          announce(t("account.sessions.endedOthers"));
          heading.current?.focus();
        },
      ),
    );

  const endAll: SignOut = (lost) =>
    end("all", async () => {
      const answer = await askAs(userId, () => authClient.revokeSessions(withDeadline));
      const { problem } = answer;
      // An earlier try has done it, and its answer was lost.
      if (!problem || (allPerhapsEnded.current && isOver(problem))) return leave("/sign-in", lost);
      allPerhapsEnded.current ||= mayBeDone(problem);
      await unlessOver(answer);
      setFailure(refusalOf(problem).reason);
    });

  return (
    <AccountSection
      title={t("account.sessions.title")}
      text={t("account.sessions.text")}
      heading={heading}
    >
      {!sessions && !isError && <p role="status">{t("account.sessions.loading")}</p>}
      {!sessions && isError && (
        <>
          <Notice className="mb-3">{t("account.sessions.failed")}</Notice>
          <Button busy={isFetching} onClick={() => refetch()}>
            {t("error.retry")}
          </Button>
        </>
      )}
      {sessions && (
        <>
          <ul className="divide-y divide-line border-y border-line">
            {sessions.map((session) => (
              <SessionRow
                key={session.id}
                session={session}
                busy={ending?.of === session.id}
                onEnd={() =>
                  session.isThis ? unlessUnsent((lost) => endOne(session, lost)) : endOne(session)
                }
              />
            ))}
          </ul>
          {failure && <Notice className="mt-3">{t(failure)}</Notice>}
          <div className="mt-4 flex flex-wrap gap-3">
            {sessions.length > 1 && (
              <Button busy={ending?.of === "others"} onClick={endOthers}>
                {t("account.sessions.endOthers")}
              </Button>
            )}
            <Button busy={ending?.of === "all"} onClick={() => unlessUnsent(endAll)}>
              {t("account.sessions.endAll")}
            </Button>
          </div>
        </>
      )}
      {question}
    </AccountSection>
  );
}
