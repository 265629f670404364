import type { Task } from "@taskbridge/contract";
import { useState } from "react";
import { useAnnounce } from "../components/announcer.tsx";
import { useT } from "../strings/provider.tsx";
import type { Shortcut } from "./model/shortcuts.ts";
import { useAliases } from "./outbox/provider.tsx";
import { focusedRow, moveFocus } from "./rows-focus.ts";
import type { Command, OpenDialog } from "./use-commands.tsx";
import type { Editing } from "./use-editing.ts";
import type { Selection } from "./use-selection.ts";
import { useShortcuts } from "./use-shortcuts.ts";
import type { TaskActions } from "./use-task-actions.ts";

interface Options {
  tasks: readonly Task[];
  actions: TaskActions;
  selection: Selection;
  editing: Editing;
  commands: readonly Command[];
  open: (dialog: OpenDialog) => void;
  /** While a dialog is on its way, or there: keys are meant for it. */
  paused: boolean;
}

/**
 * The keys of the page: what is about tasks takes the selected ones, or else the one with the focus.
 * Returns what the palette can do to those that were meant when it opened.
 */
export function useRowShortcuts(options: Options): Command[] {
  const t = useT();
  const announce = useAnnounce();
  const [meant, setMeant] = useState<readonly Task[]>([]);
  const { tasks, actions, selection, editing, commands, open, paused } = options;
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
  const move = (by: number) => () =>
    moveFocus(
      tasks.map(({ id }) => keyOf(id)),
      by,
    );
  const doneTo = (all: readonly Task[], work: (all: readonly Task[]) => void) => {
    work(all);
    if (selection.tasks.length > 0) selection.clear();
  };
  const withChosen = (work: (all: readonly Task[]) => void) => () => {
    if (selection.rest !== "coming") return doneTo(chosen(), work);
    announce(t("bulk.coming", { count: selection.tasks.length }));
  };
  const edit = (all: readonly Task[]) => {
    const [only] = all;
    if (only && all.length === 1) editing.open(only);
    else if (only) announce(t("bulk.editOne"));
  };
  const complete = (all: readonly Task[]) =>
    actions.setCompleted(
      all,
      all.some(({ completed }) => !completed),
    );
  const run = (id: Shortcut) => commands.find((command) => command.id === id)?.run;

  const shortcuts = {
    create: run("create"),
    search: run("search"),
    undo: run("undo"),
    selectAll: run("selectAll"),
    help: run("help"),
    palette: () => {
      // Of what is not all there yet nothing is meant.
      setMeant(selection.rest === "coming" ? [] : chosen());
      open("palette");
    },
    ...(tasks.length > 0 && { next: move(1), previous: move(-1) }),
    select: () => {
      const task = current();
      if (task) selection.toggle(task);
    },
    edit: () => edit(chosen()),
    complete: withChosen(complete),
    remove: withChosen(actions.remove),
    clear: selection.active ? selection.clear : undefined,
  };
  // The browser has a use of its own for the palette's key.
  useShortcuts(paused ? { palette: () => {} } : shortcuts);

  /** The same for the palette, of what was meant when it opened. */
  const command = (id: Shortcut, run: () => void): Command => ({
    id,
    label: t(`keys.${id}`),
    shortcut: id,
    run,
  });
  const [only] = meant;
  if (!only) return [];
  return [
    command("complete", () => doneTo(meant, complete)),
    ...(meant.length === 1 ? [command("edit", () => edit(meant))] : []),
    command("remove", () => doneTo(meant, actions.remove)),
  ];
}
