"use client";

import type { ManyChange } from "@taskbridge/contract";
import { MAX_TAG_LENGTH, priorities } from "@taskbridge/contract/rules";
import { type FormEvent, useRef, useState } from "react";
import { Button } from "../../components/button.tsx";
import { Dialog, DialogActions, DialogBody } from "../../components/dialog.tsx";
import { TextField } from "../../components/field.tsx";
import { useT } from "../../strings/provider.tsx";
import { nearDays } from "../model/days.ts";
import { useCounts } from "../use-counts.ts";
import { useToday } from "../use-today.tsx";

interface BulkDialogProps {
  onClose: () => void;
  onChange: (change: ManyChange) => void;
}

export function BulkPriorityDialog({ onClose, onChange }: BulkDialogProps) {
  const t = useT();
  return (
    <Dialog title={t("bulk.priorityTitle")} onClose={onClose}>
      <DialogBody>
        <div className="flex flex-wrap gap-2 max-sm:*:flex-auto">
          {[...priorities].reverse().map((priority) => (
            <Button
              key={priority}
              onClick={() => {
                onClose();
                onChange({ priority });
              }}
            >
              {t(`priority.${priority}`)}
            </Button>
          ))}
        </div>
      </DialogBody>
    </Dialog>
  );
}

export function BulkTagDialog({ onClose, onChange }: BulkDialogProps) {
  const t = useT();
  const counts = useCounts();
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState("");
  const tag = text.trim().replace(/^#/, "");

  function send(add: boolean) {
    if (!tag) return input.current?.focus();
    onClose();
    onChange(add ? { addTag: tag } : { removeTag: tag });
  }
  const submit = (event: FormEvent) => {
    event.preventDefault();
    send(true);
  };
  return (
    <Dialog title={t("bulk.tagTitle")} onClose={onClose} initialFocus={input}>
      <DialogBody>
        <form onSubmit={submit} className="space-y-4">
          <TextField
            ref={input}
            label={t("filter.tag")}
            value={text}
            maxLength={MAX_TAG_LENGTH}
            onChange={(event) => setText(event.target.value)}
            list="known-tags"
            autoComplete="off"
            dir="auto"
            required
          />
          <datalist id="known-tags">
            {counts?.tags.map((known) => (
              <option key={known.tag} value={known.tag} />
            ))}
          </datalist>
          <DialogActions>
            <Button onClick={() => send(false)}>{t("bulk.removeTag")}</Button>
            <Button type="submit" kind="primary">
              {t("bulk.addTag")}
            </Button>
          </DialogActions>
        </form>
      </DialogBody>
    </Dialog>
  );
}

export function BulkDateDialog({ onClose, onChange }: BulkDialogProps) {
  const t = useT();
  const today = useToday();
  const [day, setDay] = useState("");
  const choose = (dueDate: string | null) => {
    onClose();
    onChange({ dueDate });
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (day) choose(day);
  };
  return (
    <Dialog title={t("bulk.dateTitle")} onClose={onClose}>
      <DialogBody>
        <form onSubmit={submit} className="space-y-4">
          <div className="flex flex-wrap gap-2 max-sm:*:flex-auto">
            {nearDays(today).map(([name, near]) => (
              <Button key={name} onClick={() => choose(near)}>
                {t(`editor.${name}`)}
              </Button>
            ))}
          </div>
          <div className="flex items-end gap-2">
            <TextField
              label={t("field.dueDate")}
              type="date"
              min="0001-01-01"
              max="9999-12-31"
              value={day}
              onChange={(event) => setDay(event.target.value)}
              className="flex-1"
            />
            <Button type="submit" kind="primary">
              {t("bulk.setDate")}
            </Button>
          </div>
        </form>
      </DialogBody>
    </Dialog>
  );
}
