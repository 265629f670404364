import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { keepRefused } from "../../../src/tasks/drafts/outbox-drafts.ts";
import { forgetDrafts, pageDrafts } from "../../../src/tasks/drafts/page-drafts.ts";
import { taskDraftKey, textsOf } from "../../../src/tasks/drafts/task-draft.ts";
import type { Change } from "../../../src/tasks/model/change.ts";
import { MemoryStorage } from "../../support/memory-storage.ts";
import { makeTask } from "../make-task.ts";

const task = makeTask({ title: "Before" });
const rename: Change = { id: "1", kind: "update", task, changes: { title: "Refused" } };
const failure = { code: "validation_failed", errors: [] };
const key = taskDraftKey("ada", task.id);

beforeEach(() => {
  vi.stubGlobal("localStorage", storage);
  vi.stubGlobal("window", { addEventListener: () => {}, removeEventListener: () => {} });
});
afterEach(() => {
  forgetDrafts("ada");
  vi.unstubAllGlobals();
});
const storage = new MemoryStorage();

test("what was refused is a draft until it is tried again", () => {
  const letGo = keepRefused("ada", rename, failure);
  expect(pageDrafts().read(key)).toMatchObject({ base: task, texts: { title: "Refused" } });
  letGo();
  expect(pageDrafts().read(key)).toBeUndefined();
});

test("what has been typed since stays over what was refused, and trying that again leaves it", () => {
  const since = { ...task, title: "Refused" };
  const texts = { ...textsOf(since), notes: "typed since" };
  pageDrafts().write(key, { base: since, texts });
  const letGo = keepRefused("ada", rename, failure);
  letGo();
  expect(pageDrafts().read(key)).toEqual({ base: task, texts });
});

test("what is typed after it was refused stays when it is tried again", () => {
  const letGo = keepRefused("ada", rename, failure);
  const texts = { ...textsOf(task), notes: "typed later" };
  pageDrafts().write(key, { base: task, texts });
  letGo();
  expect(pageDrafts().read(key)).toEqual({ base: task, texts });
});
