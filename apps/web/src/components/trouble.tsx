import type { ReactNode } from "react";
import type { Translate } from "../strings/translate.ts";
import { Wordmark } from "./wordmark.tsx";

/** All that is left to say where a page cannot be shown. */
export function Trouble({ t, children }: { t: Translate; children: ReactNode }) {
  return (
    <main className="mx-auto max-w-md px-8 py-[20dvh] text-center">
      <div className="mb-6 flex justify-center">
        <Wordmark />
      </div>
      <h1 className="text-xl font-semibold">{t("error.title")}</h1>
      <p className="my-4 text-muted">{t("error.text")}</p>
      {children}
    </main>
  );
}
