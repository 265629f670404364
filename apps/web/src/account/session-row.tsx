import { Button } from "../components/button.tsx";
import { useStrings } from "../strings/provider.tsx";
import type { Translate } from "../strings/translate.ts";
import { deviceOf } from "./device.ts";
import type { OwnSession } from "./use-sessions.ts";

interface SessionRowProps {
  session: OwnSession;
  busy: boolean;
  onEnd: () => void;
}

export function SessionRow({ session, busy, onEnd }: SessionRowProps) {
  const { t, locale } = useStrings();
  const format = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short" });
  const device = deviceName(t, session.userAgent);
  const begun = format.format(session.begun);
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 py-3">
      <div className="min-w-0 flex-1 basis-52">
        <p className="font-medium wrap-anywhere">
          {device}
          {session.isThis && (
            <span className="ms-2 inline-block rounded-full bg-chosen px-2.5 py-0.5 text-sm">
              {t("account.session.this")}
            </span>
          )}
        </p>
        <p className="mt-0.5 text-sm text-muted">
          {session.isThis
            ? t("account.session.inUse")
            : t("account.session.used", { time: format.format(session.used) })}
          <br />
          {t("account.session.begun", { time: begun })}
        </p>
      </div>
      <Button
        busy={busy}
        aria-label={t("account.session.endNamed", { device, time: begun })}
        onClick={onEnd}
      >
        {t("account.session.end")}
      </Button>
    </li>
  );
}

/** As far as the session's user agent says. */
export function deviceName(t: Translate, userAgent: string | undefined): string {
  const { browser, system } = deviceOf(userAgent);
  if (browser && system) return t("account.session.device", { browser, system });
  return browser ?? system ?? t("account.session.unknown");
}
