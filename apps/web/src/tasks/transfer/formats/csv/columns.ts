/** What a column of a table is about; `content` is the title where nothing else is, and notes otherwise. */
export type Column = keyof typeof namesOf;

const namesOf = {
  title:
    "title, task, tasks, name, subject, summary, to do, todo, todos, item, task name, task title, card name, what, was, titel, aufgabe, aufgaben, aufgabenname, betreff, bezeichnung, thema",
  content: "content, text, inhalt",
  notes:
    "notes, note, description, details, body, comment, comments, notiz, notizen, beschreibung, bemerkung, bemerkungen, kommentar, kommentare, anmerkung, anmerkungen",
  dueDate:
    "due, when, wann, due date, due on, due at, due day, date, day, deadline, end date, fällig, fällig am, fällig bis, fälligkeit, fälligkeitsdatum, datum, termin, frist, tag der fälligkeit",
  time: "time, due time, uhrzeit, zeit",
  completed:
    "completed, complete, done, is completed, is done, finished, checked, percent complete, percent erledigt, erledigt, abgeschlossen, fertig",
  status: "status, state, zustand",
  completedAt:
    "completed at, completed on, completed date, completed time, date completed, completion date, completion time, finished at, done at, erledigt am, abgeschlossen am, erledigungsdatum",
  createdAt:
    "created at, created, created on, created time, created date, creation date, date created, erstellt, erstellt am, erstellungsdatum, angelegt am",
  priority: "priority, prio, importance, urgency, priorität, wichtigkeit, dringlichkeit",
  tags: "tags, tag, labels, label, categories, category, contexts, context, etikett, etiketten, kategorie, kategorien, schlagwort, schlagwörter, schlagworte, stichwort, stichwörter, stichworte",
  list: "project, projects, list, list name, lists, folder, folder name, section, section/column, area, board, projekt, projekte, projektname, liste, listenname, ordner, bereich, abschnitt",
  repeat: "repeat, repeats, recurrence, recurring, rrule, wiederholung, wiederholt sich",
  reminder: "reminder, reminders, reminder date, erinnerung, erinnerungen, erinnerungsdatum",
  start: "start, start date, starts, starts on, beginn, beginnt am, startdatum, anfangsdatum",
  parent: "parent, parent task, subtask of, übergeordnete aufgabe, teil von",
  assignee:
    "assignee, assigned to, assigned, responsible, owner, zuständig, zugewiesen, zugewiesen an, verantwortlich",
  // What a server gives out.
  ignored: "id, task id, taskid, uid, uuid, version, updated at, updated, last modified, modified",
} as const;

/** Without case, blanks and signs: `Due date`, `due_date` and `dueDate` are the same. */
const plain = (name: string) =>
  name
    .normalize("NFC")
    .toLowerCase()
    .replaceAll("%", "percent")
    .replace(/[^\p{L}\p{N}]/gu, "");

const columns = new Map(
  Object.entries(namesOf).flatMap(([column, names]) =>
    names.split(", ").map((name) => [plain(name), column as Column] as const),
  ),
);

export const columnOf = (name: string): Column | undefined => columns.get(plain(name));
