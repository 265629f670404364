import { zodResolver } from "@hookform/resolvers/zod";
import type { Task, TaskChanges } from "@taskbridge/contract";
import { taskChangesSchema } from "@taskbridge/contract";
import type { Resolver } from "react-hook-form";
import "../zod-without-eval.ts";
import { type TaskTexts, touchedFields } from "./drafts/task-draft.ts";
import { differing } from "./model/merge.ts";

const check = zodResolver(taskChangesSchema) as unknown as Resolver<
  TaskTexts,
  unknown,
  TaskChanges
>;

/** Reads the fields that were touched, by the contract's own rules; the others stay byte for byte. */
export const resolverOf =
  (base: Task): Resolver<TaskTexts, unknown, TaskChanges> =>
  async (texts, context, options) => {
    const input = Object.fromEntries(
      touchedFields(base, texts).map((field) => [field, inputOf(field, texts, base)]),
    );
    const result = await check(input as unknown as TaskTexts, context, options);
    if (Object.keys(result.errors).length > 0) return result;
    return { values: changesOf(base, result.values as TaskChanges), errors: {} };
  };

function inputOf(field: keyof TaskTexts, texts: TaskTexts, base: Task): unknown {
  if (field === "tags") return readTags(texts.tags, base.tags);
  if (field === "dueDate") return texts.dueDate || null;
  return texts[field];
}

/** Those fields alone that are not as they were. */
const changesOf = (base: Task, changes: TaskChanges): TaskChanges =>
  Object.fromEntries(differing(changes, base).map((field) => [field, changes[field]]));

/** Tags between commas. Those that the task has already may have commas of their own, or begin with `#`. */
export function readTags(text: string, known: readonly string[]): string[] {
  const odd = known.filter((tag) => /^#|,/.test(tag)).sort((a, b) => b.length - a.length);
  const tags = new Set<string>();
  let rest = text.trimStart();
  while (rest) {
    const same = odd.find(
      (tag) => rest.startsWith(tag) && /^\s*(,|$)/.test(rest.slice(tag.length)),
    );
    const end = rest.indexOf(",", same?.length);
    const part = end < 0 ? rest : rest.slice(0, end);
    const tag = same ?? part.trim().replace(/^#/, "");
    if (tag) tags.add(tag);
    rest = end < 0 ? "" : rest.slice(end + 1).trimStart();
  }
  return [...tags];
}
