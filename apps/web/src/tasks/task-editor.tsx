"use client";

import type { Task } from "@taskbridge/contract";
import { priorities } from "@taskbridge/contract/rules";
import type { KeyboardEvent } from "react";
import { Button } from "../components/button.tsx";
import { SelectField, TextArea, TextField } from "../components/field.tsx";
import { Notice } from "../components/notice.tsx";
import { useT } from "../strings/provider.tsx";
import { nearDays } from "./model/days.ts";
import { TagsField } from "./tags/tags-field.tsx";
import { useTaskForm } from "./use-task-form.ts";
import { useToday } from "./use-today.tsx";

/** Edits the task as it was when the form opened, and changes only what was changed in it. */
export function TaskEditor({ task }: { task: Task }) {
  const t = useT();
  const today = useToday();
  const form = useTaskForm(task);
  const { register, setValue, formState, save, leave } = form;
  const { errors } = formState;

  function onKeyDown(event: KeyboardEvent) {
    if (event.key === "Escape") {
      event.stopPropagation();
      leave();
    }
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      void save();
    }
  }
  const setDay = (day: string) => setValue("dueDate", day, { shouldDirty: true });

  return (
    <form
      ref={form.element}
      onSubmit={save}
      onKeyDown={onKeyDown}
      aria-label={t("editor.form", { title: form.title })}
      noValidate
      className="grid gap-3 sm:grid-cols-2"
    >
      {(form.gone || form.clashes) && (
        <p role="status" className="text-sm sm:col-span-2">
          {t(form.gone ? "drafts.goneText" : "conflict.text")}
        </p>
      )}
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
        <Button onClick={form.cancel}>{t("dialog.cancel")}</Button>
        {!form.gone && (
          <Button kind="danger" className="ms-auto" onClick={form.remove}>
            {t("editor.delete")}
          </Button>
        )}
      </div>
      {form.isFull && <Notice className="sm:col-span-2">{t("drafts.noRoom")}</Notice>}
    </form>
  );
}
