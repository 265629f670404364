"use client";

import "./globals.css";
import { Trouble } from "../components/trouble.tsx";
import { en } from "../strings/en.ts";
import { createTranslate } from "../strings/translate.ts";

const t = createTranslate(en, "en");

/** Where the root layout itself failed, cannot be around the message, and nobody knows the language. */
export default function GlobalError() {
  return (
    <html lang="en">
      <body>
        <title>{`${t("error.title")} · Taskbridge`}</title>
        <Trouble t={t}>
          {/* biome-ignore lint/a11y/useValidAnchor: this very page, again; no script runs in it without a nonce. */}
          <a href="" className="inline-block p-3 text-accent underline underline-offset-2">
            {t("error.retry")}
          </a>
        </Trouble>
      </body>
    </html>
  );
}
