import { moveFocus } from "./rows-focus.ts";
import { useShortcuts } from "./use-shortcuts.ts";

/** The keys that lead from row to row, where there is nothing else that keys could do to them. */
export const useMovingFocus = (keys: readonly string[]): void =>
  useShortcuts({ next: () => moveFocus(keys, 1), previous: () => moveFocus(keys, -1) });
