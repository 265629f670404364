import ICAL from "ical.js";

/** A task's lines, and those of its calendar that are no task's. */
export interface Block {
  line: number;
  lines: string[];
  calendar: readonly string[];
}

/** A line that is folded goes on behind a blank, so that what begins a line begins a component. */
export function splitCalendars(text: string) {
  let calendar: string[] = [];
  const todos: Block[] = [];
  let events = 0;
  let open: Block | undefined;
  for (const [at, line] of text
    .replace(/^\ufeff/, "")
    .split(/\r\n|\r|\n/)
    .entries()) {
    if (/^BEGIN:VCALENDAR\s*$/i.test(line)) calendar = [];
    if (/^BEGIN:(VEVENT|VJOURNAL)\s*$/i.test(line)) events += 1;
    if (/^BEGIN:VTODO\s*$/i.test(line)) {
      open = { line: at + 1, lines: [], calendar };
      todos.push(open);
    }
    (open?.lines ?? calendar).push(line);
    if (/^END:VTODO\s*$/i.test(line)) open = undefined;
  }
  return { todos, events };
}

export function parseBlock(lines: readonly string[]): ICAL.Component | undefined {
  try {
    const component = new ICAL.Component(ICAL.parse(lines.filter(Boolean).join("\r\n")));
    return component.name === "vtodo" ? component : undefined;
  } catch {
    return undefined;
  }
}

/**
 * What is written for a property: the library makes a day of whatever is none, and does not read a component that
 * is broken. What is within another component, such as a reminder, is none of its own.
 */
export function writtenAt(lines: readonly string[], name: string): string | undefined {
  let depth = 0;
  for (const [at, line] of lines.entries()) {
    if (/^BEGIN:/i.test(line)) depth += 1;
    if (/^END:/i.test(line)) depth -= 1;
    if (depth > 1 || line.slice(0, name.length).toUpperCase() !== name) continue;
    const value = /^(?:;(?:"[^"]*"|[^":])*)?:(.*)$/s.exec(unfolded(lines, at).slice(name.length));
    if (value) return value[1]?.trim();
  }
  return undefined;
}

function unfolded(lines: readonly string[], at: number): string {
  const rest = lines.slice(at + 1);
  const end = rest.findIndex((line) => !/^[ \t]/.test(line));
  const folded = rest.slice(0, end < 0 ? rest.length : end);
  return [lines[at], ...folded.map((line) => line.slice(1))].join("");
}

/** A text as it was before its signs were escaped. */
export const textAt = (lines: readonly string[], name: string) =>
  (writtenAt(lines, name) ?? "").replace(/\\([\\;,])/g, "$1");
