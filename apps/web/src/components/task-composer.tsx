"use client";

import { type FormEvent, useRef } from "react";
import { failureOf, trpc } from "../trpc/client.ts";
import { useAnnounce } from "./announcer.tsx";
import { Button } from "./button.tsx";
import { SelectField, TextField } from "./field.tsx";
import { priorities, priorityNames, readTaskForm } from "./task-fields.ts";

export function TaskComposer() {
  const form = useRef<HTMLFormElement>(null);
  const announce = useAnnounce();
  const utils = trpc.useUtils();
  const create = trpc.task.create.useMutation({
    onSuccess: (task) => {
      form.current?.reset();
      form.current?.querySelector("input")?.focus();
      announce(`Added: ${task.title}`);
      return utils.task.list.invalidate();
    },
  });

  function add(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (!create.isPending) create.mutate(readTaskForm(new FormData(event.currentTarget)));
  }

  return (
    <form
      ref={form}
      onSubmit={add}
      className="grid gap-3 rounded-2xl border border-line bg-surface p-4 sm:grid-cols-[1fr_auto_auto_auto] sm:items-end"
    >
      <TextField
        label="New task"
        name="title"
        placeholder="What is to be done?"
        maxLength={200}
        autoComplete="off"
        dir="auto"
        error={create.error ? failureOf(create.error).message : undefined}
        required
      />
      <TextField label="Due" name="dueDate" type="date" min="0001-01-01" max="9999-12-31" />
      <SelectField label="Priority" name="priority" defaultValue="none">
        {priorities.map((priority) => (
          <option key={priority} value={priority}>
            {priorityNames[priority]}
          </option>
        ))}
      </SelectField>
      <Button type="submit" kind="primary" disabled={create.isPending}>
        Add
      </Button>
    </form>
  );
}
