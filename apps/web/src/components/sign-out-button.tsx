"use client";

import { useState } from "react";
import { authClient } from "../auth-client.ts";
import { Button } from "./button.tsx";

export function SignOutButton() {
  const [state, setState] = useState<"idle" | "leaving" | "failed">("idle");

  async function signOut() {
    setState("leaving");
    const { error } = await authClient.signOut().catch(() => ({ error: true }));
    if (error) return setState("failed");
    // A full load: the token and the tasks in memory go with the page.
    window.location.assign("/sign-in");
  }

  return (
    <>
      {state === "failed" && (
        <span role="alert" className="text-sm text-danger">
          Not signed out; try again.
        </span>
      )}
      <Button onClick={signOut} disabled={state === "leaving"}>
        Sign out
      </Button>
    </>
  );
}
