"use client";

import { defaultRangeExtractor, type Range, useWindowVirtualizer } from "@tanstack/react-virtual";
import type { Task } from "@taskbridge/contract";
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { useHydrated } from "../components/use-hydrated.ts";
import { ConflictPanel } from "./conflict-panel.tsx";
import { useAliases, useOutboxState } from "./outbox/provider.tsx";
import { focusedRow } from "./rows-focus.ts";
import { TaskRow } from "./task-row.tsx";
import type { Selection } from "./use-selection.ts";
import { GroupHeading } from "./views/group-heading.tsx";
import { useGroups } from "./views/use-groups.ts";
import { usePrinting } from "./views/use-printing.ts";

interface TaskRowsProps {
  label: string;
  tasks: readonly Task[];
  edited: ReadonlySet<string>;
  selection: Selection;
  /** Called when the end comes into view. */
  onEnd: () => void;
  /** Whether more tasks than these are in the list. */
  more: boolean;
  busy: boolean;
}

const ROW_HEIGHT = 58;

/** How many the server draws: more than most screens show. */
const FIRST_ROWS = 25;

/**
 * The tasks near the part of the page that is seen; the page itself scrolls. The server knows no
 * screen, and a style of its own would break the content security policy: it draws the first ones, one
 * below the other, and they go to the very places where they stand. On paper all are drawn.
 */
export function TaskRows(props: TaskRowsProps) {
  const { label, tasks, edited, selection, onEnd, more, busy } = props;
  const { keyOf } = useAliases();
  const { conflicts } = useOutboxState();
  const groups = useGroups(tasks);
  const printing = usePrinting(more);
  const placed = useHydrated() && !printing;
  const list = useRef<HTMLUListElement>(null);
  const [scrollMargin, setScrollMargin] = useState(0);
  useLayoutEffect(() => {
    const top = list.current?.getBoundingClientRect().top ?? 0;
    setScrollMargin(Math.round(top + window.scrollY));
  });

  const keys = useMemo(() => tasks.map(({ id }) => keyOf(id)), [tasks, keyOf]);
  // What is typed into, and what has the focus, stays however far one scrolls.
  const rangeExtractor = (range: Range) => {
    const near = defaultRangeExtractor(range);
    const focused = focusedRow();
    const held = [...edited, ...(focused ? [focused] : [])]
      .map((key) => keys.indexOf(key))
      .filter((index) => index >= 0);
    // Each once, for however many reasons.
    return [...new Set([...near, ...held])].sort((a, b) => a - b);
  };
  const virtualizer = useWindowVirtualizer({
    count: tasks.length,
    estimateSize: () => ROW_HEIGHT,
    overscan: 10,
    scrollMargin,
    getItemKey: useCallback((index: number) => keys[index] ?? index, [keys]),
    rangeExtractor,
  });

  const items = placed
    ? virtualizer.getVirtualItems()
    : firstItems(keys, printing ? keys.length : FIRST_ROWS);
  const seen = items.findLast(({ index }) => !edited.has(keys[index] ?? ""))?.index ?? 0;
  const nearEnd = more && seen >= tasks.length - 30;
  useEffect(() => {
    if (nearEnd) onEnd();
  }, [nearEnd, onEnd]);

  return (
    <ul
      ref={list}
      aria-label={label}
      aria-busy={busy}
      className="relative border-t border-line"
      style={placed ? { height: virtualizer.getTotalSize() } : undefined}
    >
      {items.map(({ index, key, start }) => {
        const task = tasks[index];
        if (!task) return null;
        const rowKey = String(key);
        const conflict = conflicts.find(({ fresh }) => fresh.id === task.id);
        return (
          <li
            key={rowKey}
            ref={placed ? virtualizer.measureElement : undefined}
            data-index={index}
            data-row={rowKey}
            aria-setsize={more ? -1 : tasks.length}
            aria-posinset={index + 1}
            className={placed ? "absolute inset-x-0 top-0" : undefined}
            style={placed ? { transform: `translateY(${start - scrollMargin}px)` } : undefined}
          >
            <GroupHeading group={groups.get(task.id)} />
            <TaskRow
              task={task}
              edited={edited.has(rowKey)}
              selected={selection.has(task)}
              selecting={selection.active}
            />
            {conflict && <ConflictPanel conflict={conflict} />}
          </li>
        );
      })}
    </ul>
  );
}

const firstItems = (keys: readonly string[], count: number) =>
  keys.slice(0, count).map((key, index) => ({ key, index, start: 0 }));
