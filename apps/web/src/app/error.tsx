"use client";

import { Button } from "../components/button.tsx";
import { Trouble } from "../components/trouble.tsx";
import { useT } from "../strings/provider.tsx";

interface PageErrorProps {
  error: Error;
  reset: () => void;
}

/** Says nothing of what went wrong: the server's log has it. */
export default function PageError({ error, reset }: PageErrorProps) {
  // React remembers that a file of the page did not come.
  const retry = error.name === "ChunkLoadError" ? () => window.location.reload() : reset;
  const t = useT();
  return (
    <Trouble t={t}>
      <Button onClick={retry}>{t("error.retry")}</Button>
    </Trouble>
  );
}
