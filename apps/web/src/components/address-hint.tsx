"use client";

import { useT } from "../strings/provider.tsx";
import { Notice } from "./notice.tsx";
import { useHydrated } from "./use-hydrated.ts";

/** Says which address the app has where this is another one: signing in is refused from there. */
export function AddressHint({ app, trusted }: { app: string; trusted: readonly string[] }) {
  const t = useT();
  const hydrated = useHydrated();
  if (!hydrated || trusted.includes(window.location.origin)) return null;
  return (
    <Notice className="mb-6">
      {t("auth.otherAddress")}{" "}
      <a href={app} className="underline underline-offset-2">
        {app}
      </a>
    </Notice>
  );
}
