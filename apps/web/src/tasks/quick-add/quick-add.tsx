"use client";

import { Plus } from "lucide-react";
import { type ClipboardEvent, type FormEvent, useEffect, useId, useRef, useState } from "react";
import { Button } from "../../components/button.tsx";
import { useWhenIdle } from "../../components/lazy-part.tsx";
import { useStrings } from "../../strings/provider.tsx";
import { useDraft } from "../drafts/use-draft.ts";
import { writeDay } from "../model/days.ts";
import { signedTagAt } from "../tags/tag-at.ts";
import { useTagSuggestions } from "../tags/use-tag-suggestions.tsx";
import { useToday } from "../use-today.tsx";
import { AddedNote } from "./added-note.tsx";
import { PartsList } from "./parts-list.tsx";
import { PastedLines } from "./pasted-lines.tsx";
import type { Problem } from "./read-line.ts";
import { asLines, MAX_PASTED_LINES, splitLines } from "./split-lines.ts";
import type { Part } from "./understand.ts";
import { type QuickAddProps, useQuickAdd } from "./use-quick-add.ts";

/** One line that becomes a task, with what it is understood to mean below it. */
export function QuickAdd(props: QuickAddProps) {
  const { t, locale } = useStrings();
  const today = useToday();
  const input = useRef<HTMLInputElement>(null);
  // Pasted lines are kept as lines, so that a reload offers them again.
  const [draft, setDraft] = useDraft("quick-add", input);
  const pasted = asLines(draft);
  const line = pasted?.join(" ") ?? draft;
  const hasPasted = useRef(false);
  const [ignored, setIgnored] = useState<ReadonlySet<string>>(new Set());
  const [problem, setProblem] = useState<Problem>();
  const { read, add, added, prepare } = useQuickAdd(props);
  const suggestions = useTagSuggestions(signedTagAt);
  // Also for the time without a network.
  useWhenIdle(() => void prepare());
  const id = useId();
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was typed before the script was here.
  useEffect(() => {
    if (input.current?.value) void prepare();
  }, []);
  const { parts } = read(line, ignored);

  function show(text: string) {
    setDraft(text);
    setIgnored(new Set());
    setProblem(undefined);
    input.current?.focus();
  }
  function submit(event: FormEvent) {
    event.preventDefault();
    // The second Enter of two.
    if (!line.trim()) return input.current?.focus();
    const reading = read(line, ignored);
    if (reading.problem) return setProblem(reading.problem);
    show("");
    add([{ line, reading, ignored }]);
  }
  function paste(event: ClipboardEvent<HTMLInputElement>) {
    const { value, selectionStart, selectionEnd } = event.currentTarget;
    const text = event.clipboardData.getData("text/plain");
    if (splitLines(text).length < 2) return;
    event.preventDefault();
    const lines = splitLines(
      value.slice(0, selectionStart ?? 0) + text + value.slice(selectionEnd ?? value.length),
    );
    hasPasted.current = true;
    const tooMany = lines.length > MAX_PASTED_LINES;
    show(lines.join(tooMany ? " " : "\n"));
    if (tooMany) setProblem("quickAdd.tooManyLines");
  }
  /** Those that are no task stay, and it is said why. */
  function addPasted(lines: readonly string[]) {
    const readings = lines.map((line) => ({ line, reading: read(line) }));
    const wrong = readings.filter(({ reading }) => reading.problem);
    const right = readings.filter(({ reading }) => !reading.problem);
    show(wrong.map(({ line }) => line).join("\n"));
    setProblem(wrong[0]?.reading.problem);
    // The newest task is on top of its list: so the first line is.
    if (right.length > 0) add(right.reverse());
  }

  const nameOf = (part: Part) => {
    if (part.kind === "tag") return `#${part.tag}`;
    if (part.kind === "priority") return t(`priority.${part.priority}`);
    return writeDay(part.day, today, locale);
  };
  return (
    // Sent before the script is here, a form in no dialog goes nowhere, and what was typed stays.
    <form method="dialog" onSubmit={submit} className="print:hidden">
      <div className="flex gap-2">
        <label htmlFor="quick-add" className="sr-only">
          {t("quickAdd.label")}
        </label>
        <input
          ref={input}
          id="quick-add"
          value={line}
          onChange={(event) => {
            setDraft(event.target.value);
            setProblem(undefined);
            void prepare();
          }}
          onPaste={paste}
          onFocus={() => void prepare()}
          placeholder={t("quickAdd.placeholder")}
          aria-describedby={`${id}-problem ${id}-help ${id}-parts`}
          aria-invalid={problem ? true : undefined}
          autoComplete="off"
          enterKeyHint="done"
          dir="auto"
          className="min-h-12 w-full min-w-0 rounded-control border border-edge bg-surface px-4 text-base placeholder:text-muted aria-invalid:border-danger"
          {...suggestions.input}
          onKeyDown={(event) => {
            suggestions.input.onKeyDown(event);
            if (event.key === "Escape" && !event.defaultPrevented) event.currentTarget.blur();
          }}
        />
        <Button type="submit" kind="primary" className="max-sm:px-3">
          <Plus aria-hidden size={20} />
          <span className="max-sm:sr-only">{t("quickAdd.add")}</span>
        </Button>
      </div>
      {suggestions.list}
      <p id={`${id}-problem`} role="alert" className="mt-1 text-sm text-danger empty:hidden">
        {problem && t(problem)}
      </p>
      <div id={`${id}-parts`} aria-live="polite">
        {parts.length > 0 && !pasted && (
          <PartsList
            line={line}
            parts={parts}
            nameOf={nameOf}
            onIgnore={(words) => {
              setIgnored((texts) => new Set([...texts, words]));
              input.current?.focus();
            }}
          />
        )}
      </div>
      {pasted && (
        <PastedLines
          lines={pasted}
          takesFocus={hasPasted.current}
          onAdd={() => addPasted(pasted)}
          onKeep={() => {
            setDraft(line);
            input.current?.focus();
          }}
        />
      )}
      {added && (
        <AddedNote
          title={added.reading.task.title}
          understood={added.reading.parts.map(nameOf)}
          onTakeBack={() => {
            added.takeBack();
            input.current?.focus();
          }}
        />
      )}
      <p id={`${id}-help`} className="mt-1.5 text-sm text-muted">
        {t("quickAdd.help")}
      </p>
    </form>
  );
}
