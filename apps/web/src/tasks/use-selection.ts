import type { Task } from "@taskbridge/contract";
import { useEffect, useMemo, useRef, useState } from "react";
import type { ListQuery } from "./model/view.ts";
import { useAliases } from "./outbox/provider.tsx";
import type { useTaskList } from "./use-task-list.ts";

/** What is still to be read of a list of which all is chosen. */
export type Rest = "none" | "coming" | "failed";

export interface Selection {
  /** Those that are shown and chosen. */
  tasks: Task[];
  /** Whether there is something chosen, or to be chosen by touch. */
  active: boolean;
  rest: Rest;
  /** Whether these are all that the list has. */
  whole: boolean;
  has: (task: Task) => boolean;
  toggle: (task: Task) => void;
  /** All from the last one that was chosen to this one. */
  extendTo: (task: Task) => void;
  /** All that the list has, what is not loaded yet as it comes. */
  all: () => void;
  clear: () => void;
  /** For screens that are touched, where there is no key to hold. */
  begin: () => void;
}

type Listed = Pick<ReturnType<typeof useTaskList>, "list" | "complete">;

const noKeys: ReadonlySet<string> = new Set();

/** Which of the list's tasks are chosen, to do something to all of them. */
export function useSelection(
  tasks: readonly Task[],
  { list, complete }: Listed,
  query: ListQuery,
): Selection {
  const { keyOf } = useAliases();
  const [chosen, setChosen] = useState(noKeys);
  const [anchor, setAnchor] = useState<string | null>(null);
  const [begun, setBegun] = useState(false);
  const [rest, setRest] = useState<Rest>("none");
  /** Changes when what is coming is not waited for any more. */
  const reading = useRef(0);
  const latest = useRef({ list, query });
  useEffect(() => {
    latest.current = { list, query };
  });

  return useMemo(() => {
    const selected = chosen.size > 0 ? tasks.filter(({ id }) => chosen.has(keyOf(id))) : [];
    const choose = (more: readonly Task[]) =>
      setChosen((now) => new Set([...now, ...more.map(({ id }) => keyOf(id))]));

    async function chooseRest() {
      reading.current += 1;
      const mine = reading.current;
      const asked = latest.current;
      const { data, isPlaceholderData } = asked.list;
      let more = true;
      let read = isPlaceholderData ? 0 : (data?.pages.length ?? 0);
      setRest("coming");
      while (more) {
        const result = await asked.list.fetchNextPage();
        if (reading.current !== mine) return;
        if (latest.current.query !== asked.query) return setRest("none");
        if (!result.data || result.isError) return setRest("failed");
        choose(result.data.pages.slice(read).flatMap(({ items }) => items));
        read = result.data.pages.length;
        more = result.hasNextPage;
      }
      setRest("none");
    }

    return {
      tasks: selected,
      active: begun || selected.length > 0,
      rest,
      whole: complete && selected.length === tasks.length && selected.length > 0,
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
      all: () => {
        setChosen(new Set(tasks.map(({ id }) => keyOf(id))));
        if (tasks.length > 0 && !complete) void chooseRest();
      },
      clear: () => {
        reading.current += 1;
        setChosen(noKeys);
        setAnchor(null);
        setBegun(false);
        setRest("none");
      },
      begin: () => setBegun(true),
    };
  }, [tasks, chosen, anchor, begun, rest, complete, keyOf]);
}

const without = (keys: ReadonlySet<string>, key: string) =>
  new Set([...keys].filter((other) => other !== key));
