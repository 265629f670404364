"use client";

import { MAX_TITLE_LENGTH, type Priority } from "@taskbridge/contract/rules";
import { Plus, X } from "lucide-react";
import { type FormEvent, useEffect, useId, useMemo, useRef, useState } from "react";
import { Button } from "../../components/button.tsx";
import { useWhenIdle } from "../../components/lazy-part.tsx";
import { useStrings } from "../../strings/provider.tsx";
import type { Translate } from "../../strings/translate.ts";
import { useDraft } from "../drafts/use-draft.ts";
import type { NewTask } from "../model/change.ts";
import { writeDay } from "../model/days.ts";
import { useToday } from "../use-today.tsx";
import { type FindDays, type Part, understand } from "./understand.ts";
import { useFindDays } from "./use-find-days.ts";

interface QuickAddProps {
  /** What a task of the shown list is by itself, where the line does not say otherwise. */
  defaults: Omit<NewTask, "title">;
  onAdd: (task: NewTask) => void;
}

/** One line that becomes a task, with what it is understood to mean below it. */
export function QuickAdd({ defaults, onAdd }: QuickAddProps) {
  const { t, locale } = useStrings();
  const today = useToday();
  const [line, setLine] = useDraft("quick-add", "");
  const [ignored, setIgnored] = useState<ReadonlySet<string>>(new Set());
  const [problem, setProblem] = useState<"quickAdd.noTitle" | "quickAdd.tooLong">();
  const { findDays, prepare } = useFindDays();
  // Also for the time without a network.
  useWhenIdle(() => void prepare());
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was typed before the script was here.
  useEffect(() => {
    if (!input.current?.value) return;
    setLine(input.current.value);
    void prepare();
  }, []);

  const priorities = useMemo(() => priorityWords(t), [t]);
  const read = (text: string, find: FindDays) =>
    understand(text, { priorities, findDays: find, ignored });
  const { parts } = read(line, findDays);

  async function add(event: FormEvent) {
    event.preventDefault();
    const { title, tags, priority, dueDate } = read(line, await prepare());
    if (!title) return setProblem("quickAdd.noTitle");
    if ([...title].length > MAX_TITLE_LENGTH) return setProblem("quickAdd.tooLong");
    onAdd({
      title,
      tags: [...new Set([...(defaults.tags ?? []), ...tags])],
      priority: priority === "none" ? (defaults.priority ?? "none") : priority,
      dueDate: dueDate ?? defaults.dueDate ?? null,
    });
    setLine("");
    setIgnored(new Set());
    setProblem(undefined);
  }

  const name = (part: Part) => {
    if (part.kind === "tag") return `#${part.tag}`;
    if (part.kind === "priority") return t(`priority.${part.priority}`);
    return writeDay(part.day, today, locale);
  };
  return (
    // Sent before the script is here, a form in no dialog goes nowhere, and what was typed stays.
    <form method="dialog" onSubmit={add} className="print:hidden">
      <div className="flex gap-2">
        <label htmlFor="quick-add" className="sr-only">
          {t("quickAdd.label")}
        </label>
        <input
          ref={input}
          id="quick-add"
          value={line}
          onChange={(event) => {
            setLine(event.target.value);
            setProblem(undefined);
          }}
          onFocus={() => void prepare()}
          onKeyDown={(event) => {
            if (event.key === "Escape") event.currentTarget.blur();
          }}
          placeholder={t("quickAdd.placeholder")}
          aria-describedby={`${id}-problem ${id}-help ${id}-parts`}
          aria-invalid={problem ? true : undefined}
          autoComplete="off"
          enterKeyHint="done"
          dir="auto"
          className="min-h-12 w-full min-w-0 rounded-control border border-edge bg-surface px-4 text-base placeholder:text-muted aria-invalid:border-danger"
        />
        <Button type="submit" kind="primary" className="max-sm:px-3">
          <Plus aria-hidden size={20} />
          <span className="max-sm:sr-only">{t("quickAdd.add")}</span>
        </Button>
      </div>
      <p id={`${id}-problem`} role="alert" className="mt-1 text-sm text-danger empty:hidden">
        {problem && t(problem)}
      </p>
      <div id={`${id}-parts`} aria-live="polite">
        {parts.length > 0 && (
          <ul aria-label={t("quickAdd.understood")} className="mt-1 flex flex-wrap gap-1.5">
            {parts.map((part) => {
              const words = line.slice(part.from, part.to);
              return (
                <li
                  key={`${part.kind}-${part.from}`}
                  className="flex items-center rounded-full bg-chosen ps-3 text-sm text-accent"
                >
                  <span dir="auto" className="wrap-anywhere">
                    {name(part)}
                  </span>
                  <button
                    type="button"
                    aria-label={t("quickAdd.ignore", { words })}
                    className="grid size-11 place-items-center rounded-full"
                    onClick={() => {
                      setIgnored((texts) => new Set([...texts, words]));
                      document.getElementById("quick-add")?.focus();
                    }}
                  >
                    <X aria-hidden size={16} />
                  </button>
                </li>
              );
            })}
          </ul>
        )}
      </div>
      <p id={`${id}-help`} className="mt-1.5 text-sm text-muted">
        {t("quickAdd.help")}
      </p>
    </form>
  );
}

/** In the viewer's language, and in the one that the API speaks. */
const priorityWords = (t: Translate): Record<string, Priority> => ({
  high: "high",
  medium: "medium",
  low: "low",
  [t("quickAdd.words.high")]: "high",
  [t("quickAdd.words.medium")]: "medium",
  [t("quickAdd.words.low")]: "low",
});
