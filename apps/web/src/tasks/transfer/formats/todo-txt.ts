import type { Priority } from "@taskbridge/contract/rules";
import type { FileTasks, ReadRules } from "../file-tasks.ts";
import type { Extra, ExtraKind, FoundTask } from "../found-task.ts";
import { readDay } from "../read-day.ts";
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
  const said = new Map([...body.matchAll(words)].map(([, name = "", value = ""]) => [name, value]));
  const { title, labels, signs } = labelsAtEnds(body.replace(words, "").trim(), "@+");
  const letter = before ?? after ?? said.get("pri") ?? "";
  const due = said.get("due");
  const moment = due ? readDay(due, rules) : undefined;
  const extras = [...said].flatMap(([name, value]): Extra[] => {
    const kind = extraKinds[name];
    return kind ? [{ kind, text: value }] : [];
  });
  return {
    line,
    title,
    dueDate: moment?.day ?? due,
    priority: priorities[letter] ?? "none",
    completed: done !== undefined,
    // The first of two days is that of completion; of an open task there is one.
    completedAt: done && first ? noonOf(first) : undefined,
    createdAt: noonOf(done ? second : first),
    tags: labels.filter((_, at) => signs[at]?.startsWith("@")),
    lists: labels.filter((_, at) => signs[at]?.startsWith("+")),
    extras: [
      { kind: "time", text: moment?.time ?? "" },
      ...extras,
      { kind: "priority", text: letter && !priorities[letter] ? letter : "" },
    ],
    names: { dueDate: "due:" },
  };
}

/** The same day nearly everywhere. */
const noonOf = (written: string | undefined) => written && `${written}T12:00:00.000Z`;
