import { useCallback } from "react";
import { useT } from "../strings/provider.tsx";
import { failureOf } from "../trpc/failure.ts";

/** What a failed call comes to, in words; the server's own where only it knows. */
export function useFailureText(): (error: unknown) => string {
  const t = useT();
  return useCallback(
    (error) => {
      const { code, message } = failureOf(error);
      return code === "unreachable" ? t("auth.unreachable") : message;
    },
    [t],
  );
}
