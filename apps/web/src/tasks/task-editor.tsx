"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import type { Task } from "@taskbridge/contract";
import { priorities } from "@taskbridge/contract/rules";
import type { KeyboardEvent } from "react";
import { useEffect, useState } from "react";
import { useForm } from "react-hook-form";
import { Button } from "../components/button.tsx";
import { SelectField, TextArea, TextField } from "../components/field.tsx";
import { useT } from "../strings/provider.tsx";
import { changesBetween, editorSchema, valuesOf } from "./editor-values.ts";
import { nearDays } from "./model/days.ts";
import { usePageCommands } from "./page-context.tsx";
import { TagsField } from "./tags/tags-field.tsx";
import { useToday } from "./use-today.tsx";

/** Edits the task as it was when the form opened, and changes only what was changed in it. */
export function TaskEditor({ task }: { task: Task }) {
  const t = useT();
  const today = useToday();
  const { actions, closeEditor } = usePageCommands();
  const [base] = useState(task);
  const { register, handleSubmit, setValue, setFocus, formState } = useForm({
    defaultValues: valuesOf(base),
    resolver: zodResolver(editorSchema),
  });
  const { errors } = formState;
  // Whoever opens the form means to type into it.
  useEffect(() => setFocus("title"), [setFocus]);

  const save = handleSubmit((edited) => {
    const changes = changesBetween(base, edited);
    if (Object.keys(changes).length > 0) actions.update(base, changes);
    closeEditor(task);
  });
  function onKeyDown(event: KeyboardEvent) {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Escape") {
      event.stopPropagation();
      closeEditor(task);
    }
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      void save();
    }
  }
  const setDay = (day: string) => setValue("dueDate", day, { shouldDirty: true });

  return (
    <form
      onSubmit={save}
      onKeyDown={onKeyDown}
      aria-label={t("editor.form", { title: base.title })}
      noValidate
      className="grid gap-3 sm:grid-cols-2"
    >
      <TextField
        label={t("field.title")}
        className="sm:col-span-2"
        dir="auto"
        error={errors.title && t("rule.title")}
        autoComplete="off"
        required
        {...register("title")}
      />
      <TextArea
        label={t("field.notes")}
        className="sm:col-span-2"
        dir="auto"
        error={errors.notes && t("rule.notes")}
        {...register("notes")}
      />
      <div>
        <TextField
          label={t("field.dueDate")}
          type="date"
          min="0001-01-01"
          max="9999-12-31"
          error={errors.dueDate && t("rule.dueDate")}
          {...register("dueDate")}
        />
        <div className="-mx-2.5 mt-1 flex flex-wrap gap-1 text-sm">
          {nearDays(today).map(([name, day]) => (
            <Button key={name} kind="quiet" compact onClick={() => setDay(day ?? "")}>
              {t(`editor.${name}`)}
            </Button>
          ))}
        </div>
      </div>
      <SelectField
        label={t("field.priority")}
        error={errors.priority && t("rule.priority")}
        {...register("priority")}
      >
        {priorities.map((priority) => (
          <option key={priority} value={priority}>
            {t(`priority.${priority}`)}
          </option>
        ))}
      </SelectField>
      <TagsField
        label={t("field.tags")}
        className="sm:col-span-2"
        dir="auto"
        hint={t("field.tagsHint")}
        error={errors.tags && t("rule.tags")}
        autoComplete="off"
        {...register("tags")}
      />
      <div className="flex flex-wrap gap-2 sm:col-span-2">
        <Button type="submit" kind="primary">
          {t("editor.save")}
        </Button>
        <Button onClick={() => closeEditor(task)}>{t("dialog.cancel")}</Button>
        <Button
          kind="danger"
          className="ms-auto"
          onClick={() => {
            closeEditor(task);
            actions.remove([task]);
          }}
        >
          {t("editor.delete")}
        </Button>
      </div>
    </form>
  );
}
