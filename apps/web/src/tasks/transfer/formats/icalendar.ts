import ICAL from "ical.js";
import type { FileTasks, ReadRules } from "../file-tasks.ts";
import type { Extra, ExtraKind, FoundTask } from "../found-task.ts";
import { pastInstantOf } from "../instants.ts";
import { type Moment, readDay, readInstant } from "../read-day.ts";

// RFC 5545, of which tasks are VTODO.

/** Each task is read by itself: one that is broken takes no other along. */
export function readICalendar(text: string, rules: ReadRules): FileTasks {
  const { todos, head, events } = split(text);
  const list = listNameIn(head);
  const read = todos.map(({ line, lines }) => ({ line, component: parse(lines) }));
  const titles = new Map(
    read.flatMap(({ component }) => {
      const uid = component?.getFirstPropertyValue("uid");
      return component && uid ? [[String(uid), textOf(component, "summary")]] : [];
    }),
  );
  const tasks = read.map(
    ({ line, component }): FoundTask =>
      component
        ? { line, ...readTodo(component, { list, titles, rules }) }
        : { line, title: "", broken: true },
  );
  return { source: "icalendar", tasks, leftOut: { event: events } };
}

interface Block {
  line: number;
  lines: string[];
}

/** A line that is folded goes on behind a blank, so that what begins a line begins a component. */
function split(text: string) {
  const head: string[] = [];
  const todos: Block[] = [];
  let events = 0;
  let open: Block | undefined;
  for (const [at, line] of text
    .replace(/^\ufeff/, "")
    .split(/\r\n|\r|\n/)
    .entries()) {
    if (/^BEGIN:(VEVENT|VJOURNAL)\s*$/i.test(line)) events += 1;
    if (/^BEGIN:VTODO\s*$/i.test(line)) {
      open = { line: at + 1, lines: [] };
      todos.push(open);
    }
    (open?.lines ?? head).push(line);
    if (/^END:VTODO\s*$/i.test(line)) open = undefined;
  }
  return { head, todos, events };
}

function parse(lines: readonly string[]): ICAL.Component | undefined {
  try {
    const component = new ICAL.Component(ICAL.parse(lines.filter(Boolean).join("\r\n")));
    return component.name === "vtodo" ? component : undefined;
  } catch {
    return undefined;
  }
}

/** The name that Apple's and other programs give to a list. */
function listNameIn(head: readonly string[]): string {
  const at = head.findIndex((line) => /^X-WR-CALNAME[:;]/i.test(line));
  const rest = head.slice(at + 1);
  const end = rest.findIndex((line) => !/^[ \t]/.test(line));
  const folded = at < 0 ? [] : [head[at], ...rest.slice(0, end < 0 ? rest.length : end)];
  const line = folded.map((part = "", of) => (of > 0 ? part.slice(1) : part)).join("");
  return line.replace(/^[^:]*:/, "").replace(/\\([\\;,])/g, "$1");
}

interface Around {
  list: string;
  titles: ReadonlyMap<string, string>;
  rules: ReadRules;
}

const kept: [name: string, kind: ExtraKind][] = [
  ...([
    ["rrule", "repeat"],
    ["location", "place"],
    ["url", "link"],
    ["attach", "attachment"],
  ] as const),
  ...([
    ["comment", "comment"],
    ["attendee", "assignee"],
    ["duration", "duration"],
  ] as const),
].map(([name, kind]) => [name, kind]);

function readTodo(todo: ICAL.Component, { list, titles, rules }: Around): Omit<FoundTask, "line"> {
  const due = momentOf(todo, "due", rules);
  const start = momentOf(todo, "dtstart", rules);
  const status = textOf(todo, "status").toUpperCase();
  const percent = textOf(todo, "percent-complete");
  const completed = status === "COMPLETED" || todo.hasProperty("completed") || percent === "100";
  const related = todo.getAllProperties("related-to").map((property) => ({
    text: titles.get(String(property.getFirstValue())) ?? "",
    isParent: String(property.getFirstParameter("reltype") ?? "PARENT").toUpperCase() === "PARENT",
  }));
  return {
    title: textOf(todo, "summary"),
    notes: textOf(todo, "description"),
    dueDate: todo.hasProperty("due") ? (due?.day ?? writtenAt(todo, "due")) : undefined,
    priority: priorityOf(Number(textOf(todo, "priority"))),
    completed,
    completedAt: completed ? instantAt(todo, "completed") : undefined,
    createdAt: instantAt(todo, "created"),
    tags: todo
      .getAllProperties("categories")
      .flatMap((property) => property.getValues().map(String)),
    lists: [list],
    extras: [
      { kind: "time", text: due?.time ?? "" },
      {
        kind: "start",
        text:
          start && start.day !== due?.day ? [start.day, start.time].filter(Boolean).join(" ") : "",
      },
      { kind: "status", text: ["CANCELLED", "IN-PROCESS"].includes(status) ? status : "" },
      ...kept.flatMap(([name, kind]) =>
        todo
          .getAllProperties(name)
          .map((property): Extra => ({ kind, text: String(property.getFirstValue()) })),
      ),
      ...todo
        .getAllSubcomponents("valarm")
        .map((alarm): Extra => ({ kind: "reminder", text: textOf(alarm, "trigger") })),
      ...related.map(
        ({ text, isParent }): Extra => ({ kind: isParent ? "parent" : "related", text }),
      ),
    ],
    names: { title: "SUMMARY", notes: "DESCRIPTION", dueDate: "DUE", tags: "CATEGORIES" },
  };
}

const textOf = (component: ICAL.Component, name: string) =>
  String(component.getFirstPropertyValue(name) ?? "");

/** 1 to 4 are high, 5 is medium, 6 to 9 are low, 0 is none. */
function priorityOf(number: number) {
  if (!(number >= 1 && number <= 9)) return "none";
  return number < 5 ? "high" : number === 5 ? "medium" : "low";
}

/** As it is written: the library's own times make a day of whatever is none. */
const writtenAt = (todo: ICAL.Component, name: string) =>
  String(todo.getFirstProperty(name)?.toJSON()[3] ?? "");

/** A time of UTC is somewhere in the viewer's day; any other is told as it was written where it was. */
function momentOf(todo: ICAL.Component, name: string, rules: ReadRules): Moment | undefined {
  const written = writtenAt(todo, name);
  return written.endsWith("Z") ? readInstant(written, rules.timeZone) : readDay(written, rules);
}

const instantAt = (todo: ICAL.Component, name: string) =>
  pastInstantOf(`${writtenAt(todo, name).replace(/Z$/, "")}Z`);
