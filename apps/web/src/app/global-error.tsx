"use client";

import "./globals.css";
import { Trouble } from "../components/trouble.tsx";
import { en } from "../strings/en.ts";
import { createTranslate } from "../strings/translate.ts";

const t = createTranslate(en, "en");

/** Where the root layout itself failed, cannot be around the message, and nobody knows the language. */
export default function GlobalError({ reset }: { reset: () => void }) {
  return (
    <html lang="en">
      <body>
        <title>{`${t("error.title")} · Taskbridge`}</title>
        <Trouble t={t} onRetry={reset} />
      </body>
    </html>
  );
}
