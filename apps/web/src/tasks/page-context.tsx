"use client";

import type { Task } from "@taskbridge/contract";
import { createContext, useContext } from "react";
import type { TaskActions } from "./use-task-actions.ts";

/** What the parts of the task page can do to it. None of it changes while the page is there. */
export interface PageCommands {
  actions: TaskActions;
  edit: (task: Task) => void;
  closeEditor: (task: Task) => void;
  /** A press on a task with the key held that chooses it; true if that was it. */
  choose: (task: Task, event: { shiftKey: boolean; ctrlKey: boolean; metaKey: boolean }) => boolean;
  toggleSelected: (task: Task) => void;
}

const PageContext = createContext<PageCommands | null>(null);
export const PageCommandsProvider = PageContext.Provider;

export function usePageCommands(): PageCommands {
  const commands = useContext(PageContext);
  if (!commands) throw new Error("This component belongs on the task page.");
  return commands;
}
