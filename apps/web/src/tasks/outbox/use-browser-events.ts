import { useEffect } from "react";
import type { openOutbox } from "./open-outbox.ts";

/** Sends when there is reason to think that it can be sent, and looks at what other pages have done. */
export function useBrowserEvents({ outbox, listen, wake }: ReturnType<typeof openOutbox>) {
  useEffect(() => {
    const stop = listen();
    const onVisible = () => document.visibilityState === "visible" && outbox.resume();
    void outbox.start();
    window.addEventListener("online", outbox.kick);
    document.addEventListener("visibilitychange", onVisible);
    document.addEventListener("resume", wake);
    return () => {
      stop();
      window.removeEventListener("online", outbox.kick);
      document.removeEventListener("visibilitychange", onVisible);
      document.removeEventListener("resume", wake);
    };
  }, [outbox, listen, wake]);
}
