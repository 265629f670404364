import type ICAL from "ical.js";
import type { ReadRules } from "../../file-tasks.ts";
import type { Extra, ExtraKind, FoundTask } from "../../found-task.ts";
import { pastInstantOf } from "../../instants.ts";
import { dueOf, type Moment, readDay, readInstant, writeStart } from "../../read-day.ts";
import { attachmentText } from "./attachments.ts";
import { writtenAt } from "./blocks.ts";

interface Around {
  lines: readonly string[];
  list: string;
  titles: ReadonlyMap<string, string>;
  rules: ReadRules;
}

/** What a program keeps for itself, or what is read below. */
const known = new Set(
  "uid,dtstamp,last-modified,sequence,created,summary,description,due,dtstart,status,percent-complete,completed,priority,categories,related-to".split(
    ",",
  ),
);
const kinds: Partial<Record<string, ExtraKind>> = {
  ...({ rrule: "repeat", location: "place", geo: "place", url: "link" } as const),
  ...({ attach: "attachment", comment: "comment", attendee: "assignee" } as const),
  ...({ duration: "duration" } as const),
};

export function readTodo(
  todo: ICAL.Component,
  { lines, list, titles, rules }: Around,
): Omit<FoundTask, "line"> {
  const at = (name: string) => writtenAt(lines, name) ?? "";
  const [due, start] = [momentOf(at("DUE"), rules), momentOf(at("DTSTART"), rules)];
  const { completed, extras } = stateOf(todo, at("COMPLETED"));
  return {
    title: textOf(todo, "summary"),
    notes: textOf(todo, "description"),
    dueDate: dueOf(at("DUE"), due),
    priority: priorityOf(Number(textOf(todo, "priority"))),
    completed,
    completedAt: completed ? instantOf(at("COMPLETED")) : undefined,
    createdAt: instantOf(at("CREATED")),
    tags: todo
      .getAllProperties("categories")
      .flatMap((property) => property.getValues().map(String)),
    lists: [list],
    extras: [
      { kind: "time", text: due?.time ?? "" },
      { kind: "start", text: writeStart(at("DTSTART"), start, due) },
      ...extras,
      ...todo.getAllProperties().flatMap(keptOf),
      ...todo
        .getAllSubcomponents("valarm")
        .map((alarm): Extra => ({ kind: "reminder", text: textWithin(alarm, "trigger") })),
      ...todo.getAllProperties("related-to").map((property) => relationOf(property, titles)),
    ],
    names: { title: "SUMMARY", notes: "DESCRIPTION", dueDate: "DUE", tags: "CATEGORIES" },
  };
}

/** Its status tells whether a task is done; where it has none, the time or the part of it that is. */
function stateOf(todo: ICAL.Component, at: string): { completed: boolean; extras: Extra[] } {
  const status = textOf(todo, "status").toUpperCase();
  const percent = textOf(todo, "percent-complete");
  const completed = status
    ? ["COMPLETED", "CANCELLED"].includes(status)
    : todo.hasProperty("completed") || percent === "100";
  const parts = [
    ["NEEDS-ACTION", "COMPLETED"].includes(status) ? "" : status,
    percent === "" || percent === "0" || (completed && percent === "100") ? "" : `${percent} %`,
  ];
  return {
    completed,
    extras: [
      { kind: "status", text: parts.filter(Boolean).join(", ") },
      { kind: "other", name: "COMPLETED", text: completed ? "" : at },
    ],
  };
}

function keptOf(property: ICAL.Property): Extra[] {
  const { name } = property;
  if (known.has(name) || name.startsWith("x-")) return [];
  if (name === "attach") return [{ kind: "attachment", text: attachmentText(property) }];
  const text = textIn(property);
  const who = String(property.getFirstParameter("cn") ?? "");
  const whole = who ? `${who} (${text})` : text;
  if (name === "class" && text.toUpperCase() === "PUBLIC") return [];
  const kind = kinds[name];
  return [kind ? { kind, text: whole } : { kind: "other", name: name.toUpperCase(), text: whole }];
}

function relationOf(property: ICAL.Property, titles: Around["titles"]): Extra {
  const type = String(property.getFirstParameter("reltype") ?? "PARENT").toUpperCase();
  const text = titles.get(String(property.getFirstValue())) ?? "";
  return { kind: type === "PARENT" ? "parent" : "related", text };
}

export const textOf = (component: ICAL.Component, name: string) =>
  String(component.getFirstPropertyValue(name) ?? "");

/** As it is written: the library fails where a value is none of its type, and adds the signs of a time that lacks its parts. */
const textIn = (property: ICAL.Property) =>
  property.type === "recur"
    ? property.toICALString().replace(/^[^:]*:/, "")
    : property
        .toJSON()
        .slice(3)
        .map((value: unknown) => String(value).replace(/--?T:+$/, ""))
        .join(", ");

function textWithin(component: ICAL.Component, name: string): string {
  const property = component.getFirstProperty(name);
  return property ? textIn(property) : "";
}

/** 1 to 4 are high, 5 is medium, 6 to 9 are low, 0 is none. */
function priorityOf(number: number) {
  if (!(number >= 1 && number <= 9)) return "none";
  return number < 5 ? "high" : number === 5 ? "medium" : "low";
}

/** A time of UTC is somewhere in the viewer's day; any other is told as it was written where it was. */
function momentOf(written: string, rules: ReadRules): Moment | undefined {
  if (/Z$/i.test(written)) return readInstant(written, rules.timeZone);
  return readDay(written.replace(/^(\d{8}T\d\d)(\d\d)\d*$/i, "$1:$2"), rules);
}

const instantOf = (written: string) => pastInstantOf(`${written.replace(/Z$/i, "")}Z`);
