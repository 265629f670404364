import { describe, expect, test } from "vitest";
import { read } from "./read.ts";

test("Todoist: labels, priorities, sections, comments, sub-tasks, and dates that repeat or are words", async () => {
  const rows = [
    "\ufeffTYPE,CONTENT,DESCRIPTION,PRIORITY,INDENT,AUTHOR,RESPONSIBLE,DATE,DATE_LANG,TIMEZONE,DURATION,DURATION_UNIT,DEADLINE,DEADLINE_LANG",
    "meta,view_style=list,,,,,,,,,,,,",
    "task,Buy milk @shop @home,The blue one,1,1,Ada (123),,2026-12-05,en,Europe/Berlin,,,,",
    "note,Or oat milk,,,,Ada (123),,,,,,,,",
    "task,Pick a shop,,4,2,Ada (123),Bob (456),5 Dec 2026 17:30,en,Europe/Berlin,30,minute,2026-12-31,en",
    ",,,,,,,,,,,,,",
    "section,Chores,,,,,,,,,,,,",
    "task,Water plants,,2,1,Ada (123),,every monday,en,Europe/Berlin,None,None,,",
    "task,Mail @ana about it,,3,1,Ada (123),,tomorrow,en,Europe/Berlin,,,,",
  ];
  const { values, source, faults } = await read("House [2203306141].csv", rows.join("\r\n"));
  expect([source, faults]).toEqual(["todoist", []]);
  expect(values).toEqual([
    {
      ...{ title: "Buy milk", notes: "The blue one\n\nComment: Or oat milk" },
      ...{ dueDate: "2026-12-05", priority: "high", tags: ["House", "shop", "home"] },
    },
    {
      title: "Pick a shop",
      notes:
        "Part of: Buy milk\nTime: 17:30\nDuration: 30 minute\nDeadline: 2026-12-31\nAssigned to: Bob (456)",
      ...{ dueDate: "2026-12-05", priority: "none", tags: ["House"] },
    },
    {
      ...{ title: "Water plants", notes: "Repeats: every monday" },
      ...{ priority: "medium", tags: ["House", "Chores"] },
    },
    {
      ...{ title: "Mail @ana about it", notes: "Date: tomorrow" },
      ...{ priority: "low", tags: ["House", "Chores", "ana"] },
    },
  ]);
});

test("TickTick: behind the lines about the file, with days where their owner was", async () => {
  const text = `\ufeff"Date: 2026-11-30+0000"
"Version: 7.1"
"Status: 
0 Normal
1 Completed
2 Archived"
"Folder Name","List Name","Title","Kind","Tags","Content","Is Check list","Start Date","Due Date","Reminder","Repeat","Priority","Status","Created Time","Completed Time","Order","Timezone","Is All Day","Is Floating","Column Name","Column Order","View Mode","taskId","parentId"
"","Home","Milk","TEXT","shop, food","Blue\rone","N","2026-12-04T23:00:00+0000","2026-12-04T23:00:00+0000","","","5","0","2026-11-01T10:00:00+0000","","-1","Europe/Berlin","true","false","","","list","a1",""
"Work","Office","Call","TEXT","","","N","2026-12-05T05:00:00+0000","2026-12-05T05:30:00+0000","PT0S","FREQ=DAILY;INTERVAL=1","3","0","2026-11-01T10:00:00+0000","","-2","Asia/Tokyo","false","false","Doing","","list","a2","a1"
"","Home","Pack","CHECKLIST","","▫Socks▪Hat","Y","","","","","1","2","2026-11-01T10:00:00+0000","2026-11-03T18:00:00+0000","-3","Europe/Berlin","","false","","","list","a3",""
`.replace("▫Socks▪Hat", "▫Socks\n▪Hat");
  const { values, source, faults } = await read("TickTick-backup.csv", text, {
    timeZone: "America/New_York",
  });
  expect([source, faults]).toEqual(["ticktick", []]);
  const createdAt = "2026-11-01T10:00:00.000Z";
  expect(values).toEqual([
    {
      ...{ title: "Milk", notes: "Blue\none", completed: false, createdAt },
      ...{ dueDate: "2026-12-05", priority: "high", tags: ["Home", "shop", "food"] },
    },
    {
      title: "Call",
      notes:
        "Time: 14:30\nStart: 2026-12-05 14:00\nRepeats: FREQ=DAILY;INTERVAL=1\nReminder: PT0S\nPart of: Milk\nColumn: Doing",
      ...{ completed: false, createdAt, dueDate: "2026-12-05", priority: "medium" },
      tags: ["Work", "Office"],
    },
    {
      ...{
        title: "Pack",
        notes: "Checklist:\n- [ ] Socks\n- [x] Hat",
        priority: "low",
        tags: ["Home"],
      },
      ...{ completed: true, completedAt: "2026-11-03T18:00:00.000Z", createdAt },
    },
  ]);
});

test("Google Tasks: the day as it is written, whatever the time zone", async () => {
  const item = { kind: "tasks#task", status: "needsAction", created: "2026-11-01T10:00:00.000Z" };
  const file = {
    kind: "tasks#taskLists",
    items: [
      {
        kind: "tasks#tasks",
        id: "l1",
        title: "My Tasks",
        items: [
          { ...item, id: "t1", title: "Milk", notes: "Blue", due: "2026-12-05T00:00:00.000Z" },
          {
            ...item,
            id: "t2",
            title: "Pick",
            parent: "t1",
            status: "completed",
            completed: "2026-11-03T18:00:00.000Z",
            links: [{ type: "email", description: "Mail", link: "https://mail.example/1" }],
          },
          { ...item, id: "t3", title: "Gone", deleted: true },
          { ...item, id: "t4", title: "" },
          {
            ...item,
            id: "t5",
            title: "Timed",
            scheduled_time: [{ current: true, start: "2026-12-05T16:30:00Z" }],
          },
        ],
      },
    ],
  };
  const { values, source, leftOut, faults } = await read("Tasks.json", JSON.stringify(file), {
    timeZone: "America/New_York",
  });
  expect([source, leftOut, faults]).toEqual(["googleTasks", { deleted: 1 }, []]);
  const createdAt = "2026-11-01T10:00:00.000Z";
  expect(values).toEqual([
    {
      title: "Milk",
      notes: "Blue",
      completed: false,
      createdAt,
      dueDate: "2026-12-05",
      tags: ["My Tasks"],
    },
    {
      ...{ title: "Pick", notes: "Part of: Milk\nLink: Mail https://mail.example/1", createdAt },
      ...{ completed: true, completedAt: "2026-11-03T18:00:00.000Z", tags: ["My Tasks"] },
    },
    {
      title: "Timed",
      notes: "Time: 11:30",
      completed: false,
      createdAt,
      dueDate: "2026-12-05",
      tags: ["My Tasks"],
    },
  ]);
});

test("Vikunja: HTML as text, none as the year 1, and all that is around a task", async () => {
  const none = "0001-01-01T00:00:00Z";
  const task = {
    ...{ id: 1, description: "", done: false, done_at: none, due_date: none, reminders: null },
    ...{ repeat_after: 0, priority: 0, start_date: none, end_date: none, labels: null },
    ...{ created: "2026-11-01T10:00:00Z", updated: "2026-11-01T10:00:00Z", related_tasks: {} },
  };
  const file = [
    {
      ...{ id: 3, title: "House", description: "", views: [] },
      tasks: [
        {
          ...task,
          ...{
            title: "Milk",
            priority: 4,
            due_date: "2026-12-04T23:00:00Z",
            labels: [{ title: "shop" }],
          },
          description:
            '<p>Blue &amp; <a href="https://x.example">cold</a></p><ul><li><p>one</p></li></ul>',
          ...{ repeat_after: 86_400, reminders: [{ reminder: "2026-12-04T08:00:00Z" }] },
          assignees: [{ username: "bob" }],
        },
        {
          ...task,
          ...{ title: "Pick", done: true, done_at: "2026-11-03T18:00:00Z", description: "a < b" },
          related_tasks: { parenttask: [{ title: "Milk" }] },
        },
      ],
    },
  ];
  const { values, source, faults } = await read("data.json", JSON.stringify(file));
  expect([source, faults]).toEqual(["vikunja", []]);
  const createdAt = "2026-11-01T10:00:00.000Z";
  expect(values).toEqual([
    {
      title: "Milk",
      notes:
        "Blue & cold (https://x.example)\n\n- one\n\nPriority: 4\nRepeats: FREQ=DAILY;INTERVAL=1\nReminder: 2026-12-04T08:00:00Z\nAssigned to: bob",
      ...{
        completed: false,
        createdAt,
        dueDate: "2026-12-05",
        priority: "high",
        tags: ["House", "shop"],
      },
    },
    {
      ...{ title: "Pick", notes: "a < b\n\nPart of: Milk", priority: "none", tags: ["House"] },
      ...{ completed: true, completedAt: "2026-11-03T18:00:00.000Z", createdAt },
    },
  ]);
});

describe("Taskwarrior", () => {
  const tasks = [
    {
      id: 1,
      uuid: "u1",
      description: "Milk",
      status: "pending",
      entry: "20261101T100000Z",
      due: "20261204T230000Z",
      priority: "H",
      project: "House.Kitchen",
      tags: ["shop"],
      annotations: [{ entry: "20261101T100000Z", description: "Blue" }],
      urgency: 9,
      estimate: "3h",
    },
    {
      id: 0,
      uuid: "u2",
      description: "Pick",
      status: "completed",
      entry: "20261101T100000Z",
      end: "20261103T180000Z",
      due: "20261205T073000Z",
      depends: ["u1"],
    },
    { id: 0, uuid: "u3", description: "Gone", status: "deleted", entry: "20261101T100000Z" },
    {
      id: 2,
      uuid: "u4",
      description: "Rent",
      status: "recurring",
      recur: "monthly",
      entry: "20261101T100000Z",
    },
    {
      id: 3,
      uuid: "u5",
      description: "Rent",
      status: "waiting",
      recur: "monthly",
      wait: "20261224T230000Z",
      parent: "u4",
      entry: "20261101T100000Z",
    },
  ];
  const createdAt = "2026-11-01T10:00:00.000Z";
  const expected = [
    {
      title: "Milk",
      notes: "Comment: Blue\nestimate: 3h",
      ...{ completed: false, createdAt, dueDate: "2026-12-05", priority: "high" },
      tags: ["House.Kitchen", "shop"],
    },
    {
      ...{ title: "Pick", notes: "Time: 08:30\nBelongs to: Milk", dueDate: "2026-12-05" },
      ...{
        completed: true,
        completedAt: "2026-11-03T18:00:00.000Z",
        createdAt,
        priority: "none",
        tags: [],
      },
    },
    {
      ...{ title: "Rent", notes: "Repeats: monthly\nStart: 2026-12-25" },
      ...{ completed: false, createdAt, priority: "none", tags: [] },
    },
  ];

  test.each([
    ["a list", JSON.stringify(tasks)],
    ["an object a line", tasks.map((task) => `${JSON.stringify(task)},\n`).join("")],
  ])("as %s: days where the viewer is", async (_, text) => {
    const { values, source, leftOut, faults } = await read("tasks.json", text);
    expect([source, leftOut, faults]).toEqual(["taskwarrior", { deleted: 1, template: 1 }, []]);
    expect(values).toEqual(expected);
  });
});

test("iCalendar: folded and escaped lines, days with times and zones, and what is broken by its line", async () => {
  const text = [
    ...["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:+//IDN tasks.org//", "X-WR-CALNAME:House\\, big"],
    ...[
      "BEGIN:VTODO",
      "UID:1",
      "SUMMARY:Buy milk\\, bread\\; and a very long list of other thi",
      " ngs",
    ],
    ...["DESCRIPTION:Two\\nlines", "DUE;VALUE=DATE:20261205", "PRIORITY:1", "CATEGORIES:shop,food"],
    ...[
      "CREATED:20261101T100000Z",
      "RRULE:FREQ=WEEKLY;BYDAY=MO",
      "X-APPLE-SORT-ORDER:5",
      "END:VTODO",
    ],
    ...["BEGIN:VTODO", "UID:2", "SUMMARY:Zoned", "DUE;TZID=America/New_York:20261205T233000"],
    ...[
      "RELATED-TO;RELTYPE=PARENT:1",
      "STATUS:COMPLETED",
      "COMPLETED:20261103T180000Z",
      "PRIORITY:9",
    ],
    ...["BEGIN:VALARM", "TRIGGER:-PT15M", "ACTION:DISPLAY", "END:VALARM", "END:VTODO"],
    ...["BEGIN:VTODO", "SUMMARY:Universal", "DUE:20261205T233000Z", "PRIORITY:5", "END:VTODO"],
    ...["BEGIN:VTODO", "SUMMARY:Broken", "no line of it", "END:VTODO"],
    ...["BEGIN:VTODO", "SUMMARY:No such day", "DUE;VALUE=DATE:20260230", "END:VTODO"],
    ...[
      "BEGIN:VEVENT",
      "SUMMARY:A party",
      "DTSTART:20261205T200000Z",
      "END:VEVENT",
      "END:VCALENDAR",
    ],
  ].join("\r\n");
  const { values, source, leftOut, faults } = await read("tasks.ics", text);
  expect([source, leftOut]).toEqual(["icalendar", { event: 1, attachment: 0 }]);
  expect(faults).toEqual([
    { line: 35, title: "Broken", reason: "transfer.badRow" },
    { line: 39, title: "No such day", field: "DUE", text: "20260230", reason: "rule.dueDate" },
  ]);
  expect(values).toEqual([
    {
      title: "Buy milk, bread; and a very long list of other things",
      notes: "Two\nlines\n\nRepeats: FREQ=WEEKLY;BYDAY=MO",
      ...{ completed: false, createdAt: "2026-11-01T10:00:00.000Z", dueDate: "2026-12-05" },
      ...{ priority: "high", tags: ["House, big", "shop", "food"] },
    },
    {
      title: "Zoned",
      notes:
        "Time: 23:30\nReminder: -PT15M\nPart of: Buy milk, bread; and a very long list of other things",
      ...{ completed: true, completedAt: "2026-11-03T18:00:00.000Z", dueDate: "2026-12-05" },
      ...{ priority: "low", tags: ["House, big"] },
    },
    {
      ...{ title: "Universal", notes: "Time: 00:30", completed: false, dueDate: "2026-12-06" },
      ...{ priority: "medium", tags: ["House, big"] },
    },
  ]);
});

test("todo.txt: marks, days, projects, contexts, and words that stay in their sentence", async () => {
  const text = [
    "(A) 2026-11-01 Buy milk +House @shop due:2026-12-05",
    "x 2026-11-03 2026-11-01 (B) Call Ana rec:1w due:2026-12-05T17:30",
    "",
    "Mail ana@example.com about +party today http://x.example/a:b",
    "(D) @home Water plants t:2026-12-01",
    "Late due:soon",
  ].join("\n");
  const { values, source, faults } = await read("todo.txt", text);
  expect(source).toBe("todoTxt");
  expect(faults).toEqual([
    { line: 6, title: "Late", field: "due:", text: "soon", reason: "rule.dueDate" },
  ]);
  const createdAt = "2026-11-01T12:00:00.000Z";
  expect(values).toEqual([
    {
      ...{ title: "Buy milk", notes: "", completed: false, createdAt, dueDate: "2026-12-05" },
      ...{ priority: "high", tags: ["House", "shop"] },
    },
    {
      ...{
        title: "Call Ana",
        notes: "Time: 17:30\nRepeats: 1w",
        dueDate: "2026-12-05",
        completed: true,
        createdAt,
        priority: "medium",
      },
      ...{ completedAt: "2026-11-03T12:00:00.000Z", tags: [] },
    },
    {
      title: "Mail ana@example.com about +party today http://x.example/a:b",
      ...{ notes: "", completed: false, priority: "none", tags: ["party"] },
    },
    {
      title: "Water plants",
      notes: "Start: 2026-12-01\nPriority: D",
      ...{ completed: false, priority: "none", tags: ["home"] },
    },
  ]);
});

test.each([
  ["nothing", "empty.csv", ""],
  ["an empty list", "empty.json", "[]"],
  ["settings", "settings.json", '{"theme":"dark"}'],
  ["a calendar without tasks", "empty.ics", "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"],
])("%s has no tasks", async (_, name, text) => {
  await expect(read(name, text)).rejects.toMatchObject({ reason: "noTasks" });
});
