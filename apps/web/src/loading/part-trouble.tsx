"use client";

import type { ReactNode } from "react";
import { Button } from "../components/button.tsx";
import { useT } from "../strings/provider.tsx";
import type { PartFailure } from "./use-part.ts";

export const troubleTitles = {
  failed: "loading.failedTitle",
  newVersion: "loading.newVersionTitle",
} as const;

const texts = { failed: "loading.failedText", newVersion: "loading.newVersionText" } as const;

interface PartTroubleProps {
  failure: PartFailure;
  retry: () => void;
  /** How to do without the part. */
  children?: ReactNode;
}

/** What can be done about a part that is missing. Its files are gone for good where there is a new version. */
export function PartTrouble({ failure, retry, children }: PartTroubleProps) {
  const t = useT();
  return (
    <>
      <p className="text-sm text-muted">{t(texts[failure])}</p>
      <div className="mt-4 flex flex-wrap gap-2 max-sm:*:flex-auto">
        {failure === "failed" && (
          <Button kind="primary" onClick={retry}>
            {t("error.retry")}
          </Button>
        )}
        <Button
          kind={failure === "newVersion" ? "primary" : "plain"}
          onClick={() => window.location.reload()}
        >
          {t("loading.reload")}
        </Button>
        {children}
      </div>
    </>
  );
}
