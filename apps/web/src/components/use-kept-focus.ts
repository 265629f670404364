import { type RefObject, useEffect, useRef } from "react";
import { NEW_TASK_INPUT } from "./task-composer.tsx";

/**
 * When the item that had the focus leaves the list, the focus goes to the one that takes its place,
 * or else to the input for a new task. Put the ref on the list; its items carry `data-task`.
 */
export function useKeptFocus(ids: readonly string[]): RefObject<HTMLUListElement | null> {
  const list = useRef<HTMLUListElement>(null);
  const last = useRef<{ id: string; index: number }>(null);

  useEffect(() => {
    const remember = ({ target }: FocusEvent) => {
      const item = target instanceof Element && target.closest("[data-task]");
      const id = item instanceof HTMLElement ? item.dataset.task : undefined;
      last.current = id ? { id, index: ids.indexOf(id) } : null;
    };
    document.addEventListener("focusin", remember);
    return () => document.removeEventListener("focusin", remember);
  }, [ids]);

  useEffect(() => {
    const gone = last.current;
    if (!gone || ids.includes(gone.id) || document.activeElement !== document.body) return;
    last.current = null;
    const next = list.current?.children[Math.min(gone.index, ids.length - 1)];
    const target = next?.querySelector("input") ?? document.getElementsByName(NEW_TASK_INPUT)[0];
    target?.focus();
  }, [ids]);

  return list;
}
