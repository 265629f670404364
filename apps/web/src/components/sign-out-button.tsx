"use client";

import { useState } from "react";
import { authClient } from "../auth-client.ts";
import { useForget } from "../trpc/provider.tsx";
import { Button } from "./button.tsx";
import { Notice } from "./notice.tsx";

export function SignOutButton() {
  const [state, setState] = useState<"idle" | "leaving" | "failed">("idle");
  const forget = useForget();

  async function signOut() {
    setState("leaving");
    const { error } = await authClient.signOut().catch(() => ({ error: true }));
    if (error) return setState("failed");
    forget();
    // A full load, so that nothing else of this person stays in memory either.
    window.location.replace("/sign-in");
  }

  return (
    <>
      {state === "failed" && <Notice>Not signed out; try again.</Notice>}
      <Button className="shrink-0" onClick={signOut} busy={state === "leaving"}>
        Sign out
      </Button>
    </>
  );
}
