import type { Task } from "@taskbridge/contract";
import { useMemo, useState } from "react";
import { useAliases } from "./outbox/provider.tsx";

export interface Selection {
  /** Those that are shown and chosen. */
  tasks: Task[];
  /** Whether there is something chosen, or to be chosen by touch. */
  active: boolean;
  has: (task: Task) => boolean;
  toggle: (task: Task) => void;
  /** All from the last one that was chosen to this one. */
  extendTo: (task: Task) => void;
  all: () => void;
  clear: () => void;
  /** For screens that are touched, where there is no key to hold. */
  begin: () => void;
}

/** Which of the shown tasks are chosen, to do something to all of them. */
export function useSelection(tasks: readonly Task[]): Selection {
  const { keyOf } = useAliases();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [anchor, setAnchor] = useState<string | null>(null);
  const [begun, setBegun] = useState(false);

  return useMemo(() => {
    const selected = chosen.size > 0 ? tasks.filter(({ id }) => chosen.has(keyOf(id))) : [];
    return {
      tasks: selected,
      active: begun || selected.length > 0,
      has: ({ id }) => chosen.has(keyOf(id)),
      toggle: ({ id }) => {
        const key = keyOf(id);
        setAnchor(key);
        setChosen((keys) => (keys.has(key) ? without(keys, key) : new Set([...keys, key])));
      },
      extendTo: ({ id }) => {
        const keys = tasks.map((task) => keyOf(task.id));
        const to = keys.indexOf(keyOf(id));
        const from = anchor === null ? to : Math.max(0, keys.indexOf(anchor));
        const range = keys.slice(Math.min(from, to), Math.max(from, to) + 1);
        setChosen((now) => new Set([...now, ...range]));
        if (anchor === null) setAnchor(keyOf(id));
      },
      all: () => setChosen(new Set(tasks.map(({ id }) => keyOf(id)))),
      clear: () => {
        setChosen(new Set());
        setAnchor(null);
        setBegun(false);
      },
      begin: () => setBegun(true),
    };
  }, [tasks, chosen, anchor, begun, keyOf]);
}

const without = (keys: ReadonlySet<string>, key: string) =>
  new Set([...keys].filter((other) => other !== key));
