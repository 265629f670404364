"use client";

import { useHydrated } from "../components/use-hydrated.ts";
import { lastSignedIn } from "../shell/signed-in-user.ts";
import { useT } from "../strings/provider.tsx";
import { countDrafts } from "../tasks/drafts/page-drafts.ts";
import { isPasswordUnanswered } from "./password-unanswered.ts";

/** On the sign-in page: why whoever has not signed out is there, and what of theirs this browser keeps. */
export function SessionEnded() {
  const t = useT();
  const userId = useHydrated() ? lastSignedIn() : null;
  return (
    <div role="status">
      {userId && (
        <div className="mb-6 space-y-2 rounded-control bg-chosen p-3">
          <p>{t("auth.sessionEnded")}</p>
          {isPasswordUnanswered() && <p>{t("auth.passwordUnanswered")}</p>}
          {countDrafts(userId) > 0 && <p>{t("auth.keptDrafts", { count: countDrafts(userId) })}</p>}
          {hasUnsent(userId) && <p>{t("auth.keptChanges")}</p>}
        </div>
      )}
    </div>
  );
}

/** Without the outbox itself, which is more script than this page needs. */
const hasUnsent = (userId: string) =>
  Object.keys(localStorage).some(
    (key) => /^taskbridge\.outbox[^.]*\.([^.]+)\./.exec(key)?.[1] === userId,
  );
