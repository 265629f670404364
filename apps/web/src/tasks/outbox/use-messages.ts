import { useEffect, useRef, useState } from "react";
import { useAnnounce } from "../../components/announcer.tsx";
import { useToasts } from "../../components/toast.tsx";
import { useT } from "../../strings/provider.tsx";
import type { CallFailure } from "../../trpc/failure.ts";
import { failureText } from "../../trpc/failure-text.ts";
import { type Change, isLocal } from "../model/change.ts";
import { nameOf, undoToastOf } from "../names.ts";
import type { Conflict } from "./outcome.ts";

const refusedToast = (id: string) => `refused-${id}`;

/** Says what has become of a change that is not done. The functions stay the same. */
export function useMessages() {
  const toasts = useToasts();
  const announce = useAnnounce();
  const t = useT();
  const words = useRef(t);
  useEffect(() => {
    words.current = t;
  }, [t]);

  const [messages] = useState(() => ({
    onRefused: (change: Change, failure: CallFailure, retry: () => void) => {
      const title = nameOf(change.task);
      const reason = failureText(failure, words.current);
      // It said that this was done.
      toasts.dismiss(undoToastOf(change) ?? "");
      toasts.show({
        id: refusedToast(change.id),
        text: words.current("tasks.refused", { title, reason }),
        tone: "danger",
        timeout: 0,
        // What is not there will not be there the next time.
        ...(failure.code !== "task_not_found" && {
          action: { label: words.current("error.retry"), onPress: retry },
        }),
      });
    },
    onRetried: (id: string) => toasts.dismiss(refusedToast(id)),
    onGone: (change: Change, restore: () => void) => {
      const { task } = change;
      toasts.dismiss(undoToastOf(change) ?? "");
      toasts.show({
        id: `gone-${task.id}`,
        text: words.current("tasks.deletedElsewhere", { title: nameOf(task) }),
        timeout: 0,
        // Of a new one nothing was left that could be brought back by this name.
        ...(!isLocal(task.id) && {
          action: { label: words.current("tasks.restore"), onPress: restore },
        }),
      });
    },
    onConflict: ({ fresh, gone }: Conflict) =>
      announce(
        words.current(gone ? "tasks.deletedElsewhere" : "tasks.conflict", { title: nameOf(fresh) }),
      ),
  }));
  return messages;
}
