import type { Task } from "@taskbridge/contract";
import { useEffect, useRef, useState } from "react";
import { useForm } from "react-hook-form";
import { useToasts } from "../components/toast.tsx";
import { useT } from "../strings/provider.tsx";
import { type TaskTexts, touchedFields } from "./drafts/task-draft.ts";
import { useTaskDraft } from "./drafts/use-task-draft.ts";
import { resolverOf } from "./editor-values.ts";
import { nameOf } from "./names.ts";
import { usePageCommands } from "./page-context.tsx";
import { useView } from "./use-view.ts";

/** The form of a task as it was when the form opened: what is typed into it, and the ways out of it. */
export function useTaskForm(task: Task) {
  const t = useT();
  const toasts = useToasts();
  const { query } = useView();
  const { actions, edit, closeEditor } = usePageCommands();
  const { base, texts, gone, clashes, isFull, keep, drop } = useTaskDraft(task);
  const [resolver] = useState(() => resolverOf(base));
  const form = useForm({ defaultValues: texts, resolver });
  const { handleSubmit, setFocus, setError, subscribe, getValues } = form;
  const element = useRef<HTMLFormElement>(null);

  // Whoever opens the form means to type into it.
  useEffect(() => setFocus("title"), [setFocus]);
  useEffect(
    () => subscribe({ formState: { values: true }, callback: ({ values }) => keep(values) }),
    [subscribe, keep],
  );

  const close = () => closeEditor(task);
  const reopen = { label: t("drafts.goOn"), onPress: () => edit(task) };
  const title = nameOf(base);
  const isTyped = (now: TaskTexts) => gone || touchedFields(base, now).length > 0;

  const saveAnd = (go: () => void, whereInvalid?: () => void) =>
    handleSubmit((changes) => {
      // A day that was begun and not finished is no day, and not none.
      if (element.current?.querySelector("input[type=date]:invalid")) {
        if (whereInvalid) return whereInvalid();
        return setError("dueDate", {}, { shouldFocus: true });
      }
      drop();
      if (gone) {
        const { title, notes, dueDate, priority, tags } = { ...base, ...changes };
        actions.create([{ title, notes, dueDate, priority, tags }], query);
      } else if (Object.keys(changes).length > 0) {
        actions.update(base, changes);
      }
      go();
    }, whereInvalid);

  function leave() {
    close();
    if (!isTyped(getValues())) return;
    toasts.show({ text: t("drafts.kept", { title }), action: reopen });
  }

  function cancel() {
    const typed = getValues();
    drop();
    close();
    if (!isTyped(typed)) return;
    const onPress = () => {
      keep(typed);
      edit(task);
    };
    const action = { label: t("tasks.undo"), onPress };
    toasts.show({ text: t("drafts.discarded", { title }), action });
  }

  const removeNow = () => {
    close();
    actions.remove([task]);
  };
  return {
    ...form,
    element,
    title: base.title,
    gone,
    clashes,
    isFull,
    save: saveAnd(close),
    /** Closes the form; what was typed stays, and is there when it is opened again. */
    leave,
    /** Closes the form and throws away what was typed, with a way back. */
    cancel,
    /** What was typed is saved first, so that it comes back with the task. */
    remove: saveAnd(removeNow, removeNow),
  };
}
