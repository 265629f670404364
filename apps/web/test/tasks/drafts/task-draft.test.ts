import { describe, expect, test } from "vitest";
import { openDraft, textsOf, touchedFields } from "../../../src/tasks/drafts/task-draft.ts";
import { makeTask } from "../make-task.ts";

describe("a draft that is opened", () => {
  const base = makeTask({ title: "Milk", notes: "", version: 1 });
  const texts = { ...textsOf(base), notes: "Two bottles" };

  test("is what was typed, in a task that is as it was", () => {
    expect(openDraft(base, { base, texts })).toMatchObject({ texts, clashes: false });
  });

  test("takes what others have changed since, and it is theirs that is kept", () => {
    const task = { ...base, title: "Oat milk", version: 2 };
    const opened = openDraft(task, { base, texts });
    expect(opened.texts).toMatchObject({ title: "Oat milk", notes: "Two bottles" });
    expect(opened.base).toBe(task);
    expect(touchedFields(opened.base, opened.texts)).toEqual(["notes"]);
  });

  test("stays one of the task of then where others have changed the same, so that they are asked about", () => {
    const task = { ...base, notes: "One bottle", version: 2 };
    expect(openDraft(task, { base, texts })).toEqual({ base, texts, clashes: true });
  });

  test("has nothing left to save where others have typed the same", () => {
    const task = { ...base, notes: "Two bottles", version: 2 };
    const opened = openDraft(task, { base, texts });
    expect(touchedFields(opened.base, opened.texts)).toEqual([]);
  });

  test("says that the task is gone", () => {
    expect(openDraft(base, { base, texts, gone: true })).toMatchObject({ gone: true, texts });
  });
});
