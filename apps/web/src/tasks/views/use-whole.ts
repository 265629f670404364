import { useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { isAllLoaded } from "../cache.ts";
import { isListKnown } from "../known-cache.ts";
import type { ListQuery } from "../model/view.ts";
import { useOutboxState } from "../outbox/provider.tsx";
import type { useTaskList } from "../use-task-list.ts";

/** Whether what is shown is all that the list has, and whether the rest cannot be had now. */
export function useWhole(query: ListQuery, list: ReturnType<typeof useTaskList>["list"]) {
  const queryClient = useQueryClient();
  const { unreachable: away } = useOutboxState();
  const isWhole = isAllLoaded(list.data);
  const isRead = list.data !== undefined && !list.isPlaceholderData;
  const whole = useMemo(
    () => isWhole || (away && !isRead && isListKnown(queryClient, query)),
    [isWhole, isRead, away, queryClient, query],
  );
  return { whole, away };
}
