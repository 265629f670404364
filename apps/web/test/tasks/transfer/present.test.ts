import { expect, test } from "vitest";
import type { PreparedTask } from "../../../src/tasks/transfer/prepare.ts";
import { findPresent } from "../../../src/tasks/transfer/present.ts";

const prepared = (title: string, rest: object = {}, id?: string): PreparedTask => ({
  value: { title, notes: "", tags: [], ...rest },
  ...{ id, extras: [], lists: [] },
});
const here = (id: string, title: string, dueDate: string | null = null) => ({
  ...{ id, title, notes: "", dueDate },
});

test("a task is here already by its id, or by title, notes and day", () => {
  const exported = prepared("Renamed since", {}, "1");
  const alike = prepared("Milk", { dueDate: "2026-12-24" });
  const otherDay = prepared("Milk", { dueDate: "2026-12-25" });
  const otherNotes = prepared("Bread", { notes: "Fresh" });
  const present = findPresent(
    [exported, alike, otherDay, otherNotes],
    [here("1", "As it is called now"), here("2", "Milk", "2026-12-24"), here("3", "Bread")],
  );
  expect([...present]).toEqual([exported, alike]);
});

test("two that are alike are here where there are two here", () => {
  const twins = [prepared("Milk"), prepared("Milk"), prepared("Milk")];
  expect(findPresent(twins, [here("1", "Milk"), here("2", "Milk")]).size).toBe(2);
  // What an id has found is not found again.
  const exported = prepared("Milk", {}, "1");
  expect([...findPresent([exported, prepared("Milk")], [here("1", "Milk")])]).toEqual([exported]);
});
