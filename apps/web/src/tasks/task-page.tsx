"use client";

import type { DehydratedState } from "@tanstack/react-query";
import type { Task } from "@taskbridge/contract";
import { ChevronDown } from "lucide-react";
import { NuqsAdapter } from "nuqs/adapters/next/app";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { Button } from "../components/button.tsx";
import { lazyPart, usePreloaded } from "../components/lazy-part.tsx";
import { DialogFallback } from "../loading/part-dialog.tsx";
import { CONTENT_ID } from "../shell/skip-link.tsx";
import { useT } from "../strings/provider.tsx";
import { BulkBar, BulkDateDialog, BulkPriorityDialog, BulkTagDialog } from "./bulk/bulk-bar.tsx";
import { BulkProgress } from "./bulk/bulk-progress.tsx";
import { useManyChanges } from "./bulk/use-many-changes.ts";
import { StrayConflicts } from "./conflict-panel.tsx";
import { DeletedList } from "./deleted-list.tsx";
import { DraftsBanner } from "./drafts/drafts-banner.tsx";
import { FilterBar } from "./filter-bar.tsx";
import { FirstTasks } from "./first-tasks.tsx";
import type { Day } from "./model/days.ts";
import { MoreMenu } from "./more-menu.tsx";
import { useAliases } from "./outbox/provider.tsx";
import { OutboxBanner } from "./outbox-banner.tsx";
import { type PageCommands, PageCommandsProvider } from "./page-context.tsx";
import { QuickAdd } from "./quick-add/quick-add.tsx";
import type { QuickAddProps } from "./quick-add/use-quick-add.ts";
import { focusRow } from "./rows-focus.ts";
import { TaskList } from "./task-list.tsx";
import { TaskEditor } from "./task-row.tsx";
import { useAgreement } from "./use-agreement.ts";
import { type OpenDialog, useCommands } from "./use-commands.tsx";
import { useEditing } from "./use-editing.ts";
import { useKeptFocus } from "./use-kept-focus.ts";
import { useRowShortcuts } from "./use-row-shortcuts.ts";
import { useSelection } from "./use-selection.ts";
import { useTaskActions } from "./use-task-actions.ts";
import { useTaskList } from "./use-task-list.ts";
import { TodayProvider, useToday } from "./use-today.tsx";
import { useView } from "./use-view.ts";
import { viewName } from "./view-name.ts";
import { ViewNav } from "./view-nav.tsx";
import { FilterChips } from "./views/filter-chips.tsx";
import { useWhole } from "./views/use-whole.ts";

const Palette = lazyPart(() => import("./palette.tsx").then((m) => m.Palette), DialogFallback);
const KeysDialog = lazyPart(
  () => import("./keys-dialog.tsx").then((m) => m.KeysDialog),
  DialogFallback,
);
const ViewsDialog = lazyPart(
  () => import("./views-dialog.tsx").then((m) => m.ViewsDialog),
  DialogFallback,
);
const ImportDialog = lazyPart(
  () => import("./import-dialog.tsx").then((m) => m.ImportDialog),
  DialogFallback,
);
const ExportDialog = lazyPart(
  () => import("./export-dialog.tsx").then((m) => m.ExportDialog),
  DialogFallback,
);

interface TaskPageProps {
  serverDay: Day;
  serverTimeZone: string;
  /** What the server has read for the list that the address says. */
  first: DehydratedState;
}

/** The lists of tasks; which one, the address says. */
export function TaskPage({ first, ...time }: TaskPageProps) {
  return (
    <NuqsAdapter>
      <TodayProvider {...time}>
        <FirstTasks read={first}>
          <Page />
        </FirstTasks>
      </TodayProvider>
    </NuqsAdapter>
  );
}

function Page() {
  const t = useT();
  const { state, query } = useView();
  const many = useManyChanges();
  const actions = useTaskActions(many);
  const { list, tasks: listed, complete } = useTaskList(query);
  const { whole, away } = useWhole(query, list);
  useAgreement(query, list, listed);
  const editing = useEditing(listed);
  // What keys and commands are about is what is shown.
  const tasks = state.view === "deleted" ? noTasks : editing.tasks;
  const { keyOf } = useAliases();
  useKeptFocus((tasks ?? noTasks).map(({ id }) => keyOf(id)));
  const selection = useSelection(tasks ?? noTasks, { list, complete }, query);
  const [dialog, setDialog] = useState<OpenDialog>();
  const commands = useCommands({ actions, selection, open: setDialog });
  const chosenCommands = useRowShortcuts({
    tasks: tasks ?? noTasks,
    actions,
    selection,
    editing,
    commands,
    open: setDialog,
    paused: dialog !== undefined,
  });
  usePreloaded(TaskEditor, BulkPriorityDialog, BulkTagDialog, BulkDateDialog);
  usePreloaded(Palette, KeysDialog, ViewsDialog);

  // Another list: what was chosen in the last one is out of sight, and the top of this one is meant.
  const shown = JSON.stringify([state.view, state.tag]);
  const { clear } = selection;
  const last = useRef(shown);
  useEffect(() => {
    if (last.current === shown) return;
    last.current = shown;
    clear();
    window.scrollTo({ top: 0 });
  }, [shown, clear]);

  const pageCommands = usePageCommandsValue({ actions, selection, editing });
  const name = viewName(t, state);
  // A `<title>` here would stand behind the one of the page's metadata, which browsers show.
  useEffect(() => {
    document.title = `${name} · Taskbridge`;
  }, [name]);
  const close = () => setDialog(undefined);
  return (
    <PageCommandsProvider value={pageCommands}>
      <div className="mx-auto grid max-w-6xl gap-8 px-3 sm:px-5 lg:grid-cols-[14rem_minmax(0,1fr)] print:block">
        <div className="py-6 max-lg:hidden print:hidden">
          <div className="sticky top-6 max-h-[calc(100dvh-3rem)] overflow-y-auto">
            <ViewNav />
          </div>
        </div>
        <main id={CONTENT_ID} tabIndex={-1} className="min-w-0 pt-5 pb-24 outline-none">
          <OutboxBanner />
          <div className="mb-4 flex items-center justify-between gap-2">
            <h1 className="min-w-0 text-2xl font-semibold wrap-anywhere max-lg:hidden" dir="auto">
              {name}
            </h1>
            <h1 className="min-w-0 lg:hidden">
              <Button
                kind="quiet"
                compact
                className="max-w-full text-start text-2xl font-semibold max-sm:text-xl"
                aria-haspopup="dialog"
                onClick={() => setDialog("views")}
              >
                <span dir="auto" className="wrap-anywhere">
                  {name}
                </span>
                <ChevronDown aria-hidden size={22} className="shrink-0 text-muted" />
                <span className="sr-only">{t("nav.open")}</span>
              </Button>
            </h1>
            <MoreMenu commands={commands} />
          </div>
          {state.view !== "deleted" && <DraftsBanner tasks={tasks ?? noTasks} />}
          {state.view === "deleted" ? (
            <DeletedList />
          ) : (
            <div className="space-y-4">
              <NewTaskLine
                onAdd={(tasks) => actions.create(tasks, query)}
                onAmend={actions.amend}
              />
              <FilterBar />
              <FilterChips
                tasks={list.isPlaceholderData ? undefined : tasks}
                whole={whole}
                away={away}
              />
              <StrayConflicts tasks={tasks ?? noTasks} />
              <TaskList
                name={name}
                list={list}
                tasks={tasks}
                complete={complete}
                whole={whole}
                away={away}
                edited={editing.keys}
                selection={selection}
              />
            </div>
          )}
          {selection.active && <BulkBar selection={selection} />}
          {many.progress && <BulkProgress progress={many.progress} />}
        </main>
      </div>
      {dialog === "palette" && (
        <Palette commands={[...chosenCommands, ...commands]} onClose={close} />
      )}
      {dialog === "keys" && <KeysDialog onClose={close} />}
      {dialog === "views" && <ViewsDialog onClose={close} />}
      {dialog === "import" && <ImportDialog onClose={close} />}
      {dialog === "export" && <ExportDialog onClose={close} />}
    </PageCommandsProvider>
  );
}

const noTasks: readonly Task[] = [];

/** A new task belongs to the list in which it was written, unless its line says otherwise. */
function NewTaskLine(handlers: Omit<QuickAddProps, "defaults">) {
  const { state } = useView();
  const today = useToday();
  const { view, tag, priority } = state;
  const defaults = useMemo(
    () => ({
      ...(view === "today" && { dueDate: today }),
      ...(tag && { tags: [tag] }),
      ...(priority && { priority }),
    }),
    [view, tag, priority, today],
  );
  return <QuickAdd defaults={defaults} {...handlers} />;
}

interface Parts {
  actions: PageCommands["actions"];
  selection: ReturnType<typeof useSelection>;
  editing: ReturnType<typeof useEditing>;
}

/** The same object for as long as the page is there, so that no row is drawn anew for it. */
function usePageCommandsValue(parts: Parts): PageCommands {
  const latest = useRef(parts);
  useEffect(() => {
    latest.current = parts;
  });
  const { keyOf } = useAliases();
  const closeEditor = useCallback(
    (task: Task) => {
      latest.current.editing.close(task);
      requestAnimationFrame(() => focusRow(keyOf(task.id)));
    },
    [keyOf],
  );
  const { actions } = parts;
  return useMemo(
    () => ({
      actions,
      edit: (task) => latest.current.editing.open(task),
      closeEditor,
      choose: (task, { shiftKey, ctrlKey, metaKey }) => {
        const { selection } = latest.current;
        if (shiftKey) selection.extendTo(task);
        else if (ctrlKey || metaKey) selection.toggle(task);
        return shiftKey || ctrlKey || metaKey;
      },
      toggleSelected: (task) => latest.current.selection.toggle(task),
    }),
    [actions, closeEditor],
  );
}
