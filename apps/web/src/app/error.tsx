"use client";

import { Trouble } from "../components/trouble.tsx";
import { useT } from "../strings/provider.tsx";

/** Says nothing of what went wrong: the server's log has it. */
export default function PageError({ reset }: { reset: () => void }) {
  return <Trouble t={useT()} onRetry={reset} />;
}
