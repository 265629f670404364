import type { Task } from "@taskbridge/contract";
import { useAliases } from "./outbox/provider.tsx";
import { focusedRow, focusRow } from "./rows-focus.ts";
import type { Command, OpenDialog } from "./use-commands.tsx";
import type { Editing } from "./use-editing.ts";
import type { Selection } from "./use-selection.ts";
import { type Shortcut, useShortcuts } from "./use-shortcuts.ts";
import type { TaskActions } from "./use-task-actions.ts";

interface Options {
  tasks: readonly Task[];
  actions: TaskActions;
  selection: Selection;
  editing: Editing;
  commands: readonly Command[];
  open: (dialog: OpenDialog) => void;
}

/** The keys of the page: what is about tasks takes the selected ones, or else the one with the focus. */
export function useRowShortcuts(options: Options): void {
  const { tasks, actions, selection, editing, commands, open } = options;
  const { keyOf } = useAliases();

  const current = () => {
    const key = focusedRow();
    return key === null ? undefined : tasks.find(({ id }) => keyOf(id) === key);
  };
  const chosen = () => {
    const task = current();
    if (selection.tasks.length > 0) return selection.tasks;
    return task ? [task] : [];
  };
  const move = (by: number) => () => {
    const task = current();
    const at = task ? tasks.indexOf(task) + by : 0;
    const next = tasks[Math.max(0, Math.min(at, tasks.length - 1))];
    if (next) focusRow(keyOf(next.id));
  };
  const withChosen = (work: (all: readonly Task[]) => void) => () => {
    const all = chosen();
    work(all);
    if (selection.tasks.length > 0) selection.clear();
  };
  const run = (id: Shortcut) => commands.find((command) => command.id === id)?.run;

  useShortcuts({
    create: run("create"),
    search: run("search"),
    undo: run("undo"),
    selectAll: run("selectAll"),
    help: run("help"),
    palette: () => open("palette"),
    next: move(1),
    previous: move(-1),
    select: () => {
      const task = current();
      if (task) selection.toggle(task);
    },
    edit: () => {
      const task = current();
      if (task) editing.open(task);
    },
    complete: withChosen((all) =>
      actions.setCompleted(
        all,
        all.some(({ completed }) => !completed),
      ),
    ),
    remove: withChosen(actions.remove),
    clear: selection.active ? selection.clear : undefined,
  });
}
