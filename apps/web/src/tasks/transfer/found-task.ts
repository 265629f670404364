import {
  MAX_TAG_LENGTH,
  MAX_TAGS,
  MAX_TITLE_LENGTH,
  type Priority,
} from "@taskbridge/contract/rules";
import type { Translate } from "../../strings/translate.ts";
import type { ImportFault } from "../model/import-fault.ts";

/** What other apps have and this one has no place for: it is kept in the notes, under its name. */
export const extraKinds = [
  ...([
    "time",
    "repeat",
    "reminder",
    "start",
    "deadline",
    "duration",
    "parent",
    "checklist",
  ] as const),
  ...(["assignee", "comment", "place", "link", "status", "priority", "day", "longTitle"] as const),
  ...(["manyTags", "related", "attachment", "other"] as const),
];
export type ExtraKind = (typeof extraKinds)[number];

export interface Extra {
  kind: ExtraKind;
  text: string;
  /** What the file calls it, where it is of no kind that is known. */
  name?: string;
}

export type Field =
  | "title"
  | "notes"
  | "completed"
  | "completedAt"
  | "createdAt"
  | "dueDate"
  | "priority"
  | "tags";

/** A task as a reader has found it. What could not be read is left as it stands there, to be refused by its field. */
export interface FoundTask {
  /** Where it begins in the file, counted from 1. */
  line: number;
  title: string;
  notes?: string | undefined;
  dueDate?: string | undefined;
  completed?: boolean | string | undefined;
  completedAt?: string | undefined;
  createdAt?: string | undefined;
  priority?: Priority | string | undefined;
  tags?: readonly string[];
  /** Projects, lists and sections: they become tags. */
  lists?: readonly string[];
  extras?: readonly Extra[];
  /** Of an export of ours: to find it again. */
  id?: string | undefined;
  /** What the file calls the fields. */
  names?: Partial<Record<Field, string>>;
  /** It cannot be read at all: nothing else of it counts. */
  broken?: boolean;
  /** Why not, where that is known. */
  unread?: Pick<ImportFault, "field" | "text" | "reason">;
}

/** A task in the words of an import, and what of it had to find another place. */
export interface FittedTask {
  value: { title: string; notes: string; tags: string[] } & Record<string, unknown>;
  extras: readonly Extra[];
}

/** Puts what has no place of its own into notes and tags, and shortens what is too long for its place. */
export function fitTask(found: FoundTask, t: Translate): FittedTask {
  const own = found.title.trim();
  // Some apps have tasks of notes alone.
  const title = own || (/^.*/.exec(found.notes?.trim() ?? "")?.[0] ?? "").trim();
  const isLong = [...own].length > MAX_TITLE_LENGTH;
  const all = [...(found.lists ?? []), ...(found.tags ?? [])].map((tag) => tag.trim());
  const distinct = [...new Set(all.filter(Boolean))];
  const short = distinct.filter((tag) => [...tag].length <= MAX_TAG_LENGTH).slice(0, MAX_TAGS);
  const others = distinct.filter((tag) => !short.includes(tag));
  const extras: Extra[] = [
    ...(found.extras ?? []).filter(({ text }) => text.trim() !== ""),
    ...others.map((text): Extra => ({ kind: "manyTags", text })),
  ];
  const lines = extras.map((extra) => writeExtra(extra, t)).join("\n");
  const texts = [isLong ? own : "", found.notes ?? "", lines].filter((text) => text !== "");
  const { completed, completedAt, createdAt, dueDate, priority } = found;
  return {
    value: {
      title: shorten(title),
      notes:
        texts.length === 1 ? (texts[0] ?? "") : texts.map((text) => text.trimEnd()).join("\n\n"),
      ...(completed !== undefined && { completed }),
      ...(completedAt !== undefined && { completedAt }),
      ...(createdAt !== undefined && { createdAt }),
      ...(dueDate !== undefined && { dueDate }),
      ...(priority !== undefined && { priority }),
      tags: short,
    },
    extras: isLong ? [...extras, { kind: "longTitle", text: own }] : extras,
  };
}

function shorten(title: string): string {
  const letters = [...title];
  if (letters.length <= MAX_TITLE_LENGTH) return title;
  const begun = letters.slice(0, MAX_TITLE_LENGTH - 1).join("");
  return `${begun.trimEnd()}…`;
}

function writeExtra({ kind, text, name }: Extra, t: Translate): string {
  const label = name ?? t(`transfer.extra.${kind}`);
  return text.includes("\n") ? `${label}:\n${text}` : `${label}: ${text}`;
}
