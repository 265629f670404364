import { describe, expect, test } from "vitest";
import { read } from "./read.ts";

const task = { title: "Milk", done: false, due_date: "2026-12-04T23:00:00Z", done_at: null };
const readValue = (value: unknown) => read("data.json", JSON.stringify(value));

describe("Vikunja's", () => {
  test("days are read as whatever they are, or refused", async () => {
    const dueOf = async (due_date: unknown) => {
      const { values, faults } = await readValue([{ ...task, due_date }]);
      return [values[0]?.dueDate, faults.map(({ field, text }) => [field, text])];
    };
    expect(await dueOf("2026-12-05")).toEqual(["2026-12-05", []]);
    expect(await dueOf("soon")).toEqual([undefined, [["due_date", "soon"]]]);
    expect(await dueOf("0001-01-01T00:00:00Z")).toEqual([undefined, []]);
    expect(await dueOf(null)).toEqual([undefined, []]);
  });

  test.each([
    ["of projects", [{ title: "House", tasks: [task] }], ["House"]],
    [
      "of namespaces",
      [{ title: "Home", lists: [{ title: "House", tasks: [task] }] }],
      ["Home", "House"],
    ],
    ["in an object", { tasks: [task] }, []],
    ["of one project", { title: "House", hex_color: "", tasks: [task] }, ["House"]],
  ])("export %s", async (_, value, tags) => {
    const { source, values, faults } = await readValue(value);
    expect([source, faults]).toEqual(["vikunja", []]);
    expect(values).toMatchObject([{ title: "Milk", notes: "", dueDate: "2026-12-05", tags }]);
  });

  test("projects without a task are none", async () => {
    const project = { title: "House", hex_color: "", identifier: "" };
    for (const tasks of [null, []]) {
      await expect(readValue([{ ...project, tasks }])).rejects.toMatchObject({ reason: "noTasks" });
    }
    const { source } = await readValue([{ title: "A task of no app", tasks: [] }]);
    expect(source).toBe("json");
  });

  test("words in other programs' files are not taken for its own", async () => {
    const other = { title: "Milk", done: false, due_date: "2026-12-05", tags: ["shop"] };
    for (const value of [[other], { tasks: [other] }]) {
      const { source, values } = await readValue(value);
      expect([source, values[0]?.tags]).toEqual(["json", ["shop"]]);
    }
  });

  test("pictures and mentions are in the notes", async () => {
    const description =
      '<p>Ask <mention-user data-id="bob" data-label="Bob"></mention-user> <img src="https://x.example/a.png" alt="Plan"></p>';
    const { values } = await readValue([{ ...task, description }]);
    expect(values[0]?.notes).toBe("Ask @Bob Plan (https://x.example/a.png)");
  });
});
