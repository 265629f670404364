import { headers } from "next/headers";
import { cookieNames } from "../preferences/preferences.ts";
import type { Translate } from "../strings/translate.ts";
import { beforeHydration, FAILED_ID, HYDRATED, WAITING_ID } from "./before-hydration.ts";

const names = {
  hydrated: HYDRATED,
  waiting: WAITING_ID,
  failed: FAILED_ID,
  characterKeys: cookieNames.characterKeys,
};
const script = `(${beforeHydration})(${JSON.stringify(names)})`;

/** Inline, because no file of the page may be missing for it. */
export async function BeforeHydrationScript() {
  const nonce = (await headers()).get("x-nonce") ?? undefined;
  return (
    <script
      nonce={nonce}
      // Browsers hide a nonce from scripts, React's included.
      suppressHydrationWarning
      // biome-ignore lint/security/noDangerouslySetInnerHtml: it is our own.
      dangerouslySetInnerHTML={{ __html: script }}
    />
  );
}

const look =
  "fixed inset-x-4 bottom-4 z-60 mx-auto max-w-lg rounded-card border border-line bg-surface px-4 py-3 text-sm shadow-lifted print:hidden";

/** What there is to say of a page whose script has not come; the script above shows one or the other. */
export function LoadingNotices({ t }: { t: Translate }) {
  return (
    <>
      <p id={WAITING_ID} role="status" hidden suppressHydrationWarning className={look}>
        {t("loading.page")}
      </p>
      <p id={FAILED_ID} role="alert" hidden suppressHydrationWarning className={look}>
        {t("loading.pageFailed")}{" "}
        {/* biome-ignore lint/a11y/useValidAnchor: this very page, again, without a script. */}
        <a href="" className="inline-block py-3 font-semibold text-accent underline">
          {t("loading.reload")}
        </a>
      </p>
      <noscript>
        <p className="mx-auto max-w-6xl px-3 py-3 sm:px-5">{t("loading.noScript")}</p>
      </noscript>
    </>
  );
}
