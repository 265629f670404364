"use client";

import type { Task } from "@taskbridge/contract";
import type { FormEvent, KeyboardEvent } from "react";
import { failureOf, trpc } from "../trpc/client.ts";
import { useAnnounce } from "./announcer.tsx";
import { Button } from "./button.tsx";
import { SelectField, TextArea, TextField } from "./field.tsx";
import { priorities, priorityNames, readTaskForm } from "./task-fields.ts";

/** Edits the version that was shown. Where the task changed meanwhile, what was typed stays. */
export function TaskEditor({ task, onDone }: { task: Task; onDone: () => void }) {
  const announce = useAnnounce();
  const utils = trpc.useUtils();
  const save = trpc.task.update.useMutation({
    onSuccess: async ({ title }) => {
      await utils.task.list.invalidate();
      announce(`Saved: ${title}`);
      onDone();
    },
    onError: () => utils.task.list.invalidate(),
  });
  const trouble = save.error && failureOf(save.error);

  function send(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (save.isPending) return;
    const changes = readTaskForm(new FormData(event.currentTarget));
    save.mutate({ id: task.id, version: task.version, ...changes });
  }

  function cancelOnEscape(event: KeyboardEvent) {
    if (event.key === "Escape") onDone();
  }

  return (
    <form onSubmit={send} onKeyDown={cancelOnEscape} className="grid gap-3 sm:grid-cols-2">
      <TextField
        label="Title"
        name="title"
        defaultValue={task.title}
        maxLength={200}
        className="sm:col-span-2"
        dir="auto"
        autoFocus
        required
      />
      <TextArea
        label="Notes"
        name="notes"
        defaultValue={task.notes}
        maxLength={10_000}
        className="sm:col-span-2"
        dir="auto"
      />
      <TextField
        label="Due"
        name="dueDate"
        type="date"
        min="0001-01-01"
        max="9999-12-31"
        defaultValue={task.dueDate ?? ""}
      />
      <SelectField label="Priority" name="priority" defaultValue={task.priority}>
        {priorities.map((priority) => (
          <option key={priority} value={priority}>
            {priorityNames[priority]}
          </option>
        ))}
      </SelectField>
      <TextField
        label="Tags"
        name="tags"
        defaultValue={task.tags.join(", ")}
        hint="Separated by commas."
        className="sm:col-span-2"
        autoComplete="off"
      />
      {trouble && (
        <p role="alert" className="text-sm text-danger sm:col-span-2">
          {trouble.code === "version_mismatch"
            ? "The task was changed elsewhere meanwhile. What you typed is still here: save again to put it in place of that change."
            : trouble.message}
        </p>
      )}
      <div className="flex gap-2 sm:col-span-2">
        <Button type="submit" kind="primary" disabled={save.isPending}>
          Save
        </Button>
        <Button onClick={onDone}>Cancel</Button>
      </div>
    </form>
  );
}
