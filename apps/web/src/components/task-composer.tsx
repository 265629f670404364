"use client";

import { type FormEvent, useRef, useState } from "react";
import { trpc } from "../trpc/client.ts";
import { failureOf } from "../trpc/failure.ts";
import { useAnnounce } from "./announcer.tsx";
import { Button } from "./button.tsx";
import { DueAndPriority } from "./draft-fields.tsx";
import { TextField } from "./field.tsx";
import { Notice } from "./notice.tsx";
import { changesOf, emptyDraft } from "./task-fields.ts";

/** The input for a new task; where the focus goes when nothing else is left to focus. */
export const NEW_TASK_INPUT = "new-task";

export function TaskComposer() {
  const [draft, setDraft] = useState(emptyDraft);
  const title = useRef<HTMLInputElement>(null);
  const announce = useAnnounce();
  const utils = trpc.useUtils();
  const create = trpc.task.create.useMutation({
    onSuccess: (task, sent) => {
      announce(`Added: ${task.title}`);
      // Somebody quick may be typing the next one already.
      setDraft((now) => (now.title === sent.title ? emptyDraft : now));
      return utils.task.list.invalidate();
    },
    onSettled: () => title.current?.focus(),
  });
  const failure = create.error && failureOf(create.error);

  function add(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (create.isPending) return;
    create.mutate({ title: draft.title, ...changesOf(draft, ["dueDate", "priority"]) });
  }

  return (
    <form onSubmit={add} className="rounded-2xl border border-line bg-surface p-4">
      <div className="grid gap-3 sm:grid-cols-[1fr_auto_auto_auto] sm:items-end">
        <TextField
          ref={title}
          label="New task"
          name={NEW_TASK_INPUT}
          placeholder="What is to be done?"
          value={draft.title}
          onChange={(event) => setDraft({ ...draft, title: event.target.value })}
          error={failure?.fields.title}
          autoComplete="off"
          dir="auto"
          required
        />
        <DueAndPriority draft={draft} onChange={setDraft} errors={failure?.fields ?? {}} />
        <Button type="submit" kind="primary" busy={create.isPending}>
          Add
        </Button>
      </div>
      {failure && <Notice className="mt-3">{failure.message}</Notice>}
    </form>
  );
}
