"use client";

import type { Task } from "@taskbridge/contract";
import { type FormEvent, type KeyboardEvent, useState } from "react";
import { trpc } from "../trpc/client.ts";
import { failureOf } from "../trpc/failure.ts";
import { useAnnounce } from "./announcer.tsx";
import { Button } from "./button.tsx";
import { EditFields } from "./draft-fields.tsx";
import { Notice } from "./notice.tsx";
import { changesOf, type DraftField, differences, draftOf, rebase } from "./task-fields.ts";

const changedElsewhere =
  "The task was changed elsewhere meanwhile. What you typed is still here: save again to put it in place of that change.";

/** Edits the task as it was when the form opened, and sends only what was changed in it. */
export function TaskEditor({ task, onDone }: { task: Task; onDone: () => void }) {
  const [base, setBase] = useState(task);
  const [draft, setDraft] = useState(() => draftOf(task));
  const [clashes, setClashes] = useState<DraftField[]>();
  const announce = useAnnounce();
  const utils = trpc.useUtils();

  const save = trpc.task.update.useMutation({
    onSuccess: async ({ title }) => {
      announce(`Saved: ${title}`);
      await utils.task.list.invalidate();
      onDone();
    },
    onError: async (error) => {
      if (failureOf(error).code !== "version_mismatch") return;
      const fresh = await utils.task.get.fetch({ id: task.id }, { staleTime: 0 });
      const rebased = rebase(draft, draftOf(base), draftOf(fresh));
      setBase(fresh);
      setDraft(rebased.draft);
      setClashes(rebased.clashes);
    },
  });
  const failure = save.error && failureOf(save.error);

  function send(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (save.isPending) return;
    const fields = differences(draft, draftOf(base));
    if (fields.length === 0) return onDone();
    save.mutate({ id: base.id, version: base.version, ...changesOf(draft, fields) });
  }

  function cancelOnEscape({ key, nativeEvent }: KeyboardEvent) {
    if (key === "Escape" && !nativeEvent.isComposing) onDone();
  }

  const theirs = draftOf(base);
  const hints = Object.fromEntries(
    (clashes ?? []).map((field) => [field, `Elsewhere it became: ${theirs[field] || "nothing"}`]),
  );
  return (
    <form onSubmit={send} onKeyDown={cancelOnEscape} className="grid gap-3 sm:grid-cols-2">
      <EditFields draft={draft} onChange={setDraft} errors={failure?.fields ?? {}} hints={hints} />
      {failure && (
        <Notice className="sm:col-span-2">
          {failure.code === "version_mismatch" ? changedElsewhere : failure.message}
        </Notice>
      )}
      <div className="flex gap-2 sm:col-span-2">
        <Button type="submit" kind="primary" busy={save.isPending}>
          Save
        </Button>
        <Button onClick={onDone}>Cancel</Button>
      </div>
    </form>
  );
}
