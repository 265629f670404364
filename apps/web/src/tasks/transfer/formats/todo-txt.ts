import type { Priority } from "@taskbridge/contract/rules";
import { dayIn } from "../../model/days.ts";
import type { FileTasks, ReadRules } from "../file-tasks.ts";
import type { Extra, ExtraKind, FoundTask } from "../found-task.ts";
import { noonOf } from "../instants.ts";
import { dueOf, readDay } from "../read-day.ts";
import { labelsAtEnds } from "./labels.ts";

// https://github.com/todotxt/todo.txt: `x 2026-12-01 2026-11-30 Call Ana +project @context due:2026-12-05`

const day = String.raw`\d{4}-\d\d-\d\d`;
const mark = new RegExp(
  String.raw`^(?<done>x )?\s*(?:\((?<before>[A-Z])\) )?\s*(?:(?<first>${day}) )?(?:(?<second>${day}) )?\s*(?:\((?<after>[A-Z])\) )?`,
);
const priorities: Record<string, Priority> = { A: "high", B: "medium", C: "low" };

/** What other programs add to a line, as far as it is known what it means. */
const extraKinds: Record<string, ExtraKind> = { t: "start", rec: "repeat" };
const words = /(?<=^|\s)(due|t|rec|pri):(\S+)(?:\s+|$)/g;

/** A task a line. */
export function readTodoTxt(text: string, rules: ReadRules): FileTasks {
  const tasks = text
    .replace(/^\ufeff/, "")
    .split(/\r\n|\r|\n/)
    .flatMap((line, at) => (line.trim() ? [readLine(line.trim(), at + 1, rules)] : []));
  return { source: "todoTxt", tasks };
}

function readLine(text: string, line: number, rules: ReadRules): FoundTask {
  const { done, before, after, first, second } = mark.exec(text)?.groups ?? {};
  const body = text.slice(mark.exec(text)?.[0].length ?? 0);
  const all = [...body.matchAll(words)].map(([, name = "", value = ""]) => ({ name, value }));
  const said = new Map(all.toReversed().map(({ name, value }) => [name, value]));
  const { title, labels, signs } = labelsAtEnds(body.replace(words, "").trim(), "@+");
  const letter = before ?? after ?? said.get("pri") ?? "";
  const due = said.get("due");
  const moment = due ? readDay(due, rules) : undefined;
  const extras = all.flatMap(({ name, value }): Extra[] => {
    const kind = extraKinds[name] ?? (value === said.get(name) ? undefined : "day");
    return kind ? [{ kind, text: value }] : [];
  });
  const [doneOn, madeOn] = done ? [first, second] : [undefined, first];
  const isToCome = (day = "") => day > dayIn(rules.timeZone, new Date());
  return {
    line,
    title,
    dueDate: due && dueOf(due, moment),
    priority: priorities[letter] ?? "none",
    completed: done !== undefined,
    completedAt: doneOn && !isToCome(doneOn) ? noonOf(doneOn) : undefined,
    createdAt: madeOn && !isToCome(madeOn) ? noonOf(madeOn) : undefined,
    tags: labels.filter((_, at) => signs[at]?.startsWith("@")),
    lists: labels.filter((_, at) => signs[at]?.startsWith("+")),
    extras: [
      { kind: "time", text: moment?.time ?? "" },
      ...extras,
      // Nothing can have been done or made on them.
      ...[doneOn, madeOn].filter(isToCome).map((day = ""): Extra => ({ kind: "day", text: day })),
      { kind: "priority", text: letter && !priorities[letter] ? letter : "" },
    ],
    names: { dueDate: "due:" },
  };
}
