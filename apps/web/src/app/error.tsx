"use client";

import { Button } from "../components/button.tsx";

/** Says nothing of what went wrong: the server's log has it. */
export default function PageError({ reset }: { reset: () => void }) {
  return (
    <main className="mx-auto max-w-md p-8 text-center">
      <h1 className="text-xl font-semibold">Something went wrong</h1>
      <p className="my-4 text-muted">It is not your doing. Trying again often helps.</p>
      <Button onClick={reset}>Try again</Button>
    </main>
  );
}
