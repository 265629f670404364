import { useCallback } from "react";
import { useToasts } from "../../components/toast.tsx";
import { useT } from "../../strings/provider.tsx";
import { failureText } from "../../trpc/failure-text.ts";
import { isWorthTryingAgain } from "../../trpc/try-again.ts";
import { countOf, type ManyStep } from "../model/many.ts";
import type { ManyChanges } from "./use-many-changes.ts";

export type MakeMany = (
  steps: readonly ManyStep[],
  onMade: (made: ManyStep[]) => void,
) => Promise<void>;

/** Makes changes without the outbox, and says how many were not made, and why. */
export function useMakeMany({ run }: Pick<ManyChanges, "run">): MakeMany {
  const toasts = useToasts();
  const t = useT();
  return useCallback(
    async function makeMany(steps, onMade) {
      const { sent, left, failure } = await run(steps);
      if (countOf(sent) > 0) onMade(sent);
      if (!failure) return;
      const onPress = () => void makeMany(left, onMade);
      toasts.show({
        text: t("bulk.stopped", { count: countOf(left), reason: failureText(failure, t) }),
        tone: "danger",
        timeout: 0,
        ...(isWorthTryingAgain(failure) && { action: { label: t("error.retry"), onPress } }),
      });
    },
    [run, toasts, t],
  );
}
