import { useCallback } from "react";
import { useT } from "../strings/provider.tsx";
import { failureOf } from "./failure.ts";
import { failureText } from "./failure-text.ts";

/** What a failed call comes to, in words. */
export function useFailureText(): (error: unknown) => string {
  const t = useT();
  return useCallback((error) => failureText(failureOf(error), t), [t]);
}
