import { expect, test, vi } from "vitest";
import { createDrafts, draftKey } from "../../../src/tasks/drafts/drafts.ts";

/** A browser's storage that several pages share; each hears what the others do to it. */
function browser() {
  const pages: { drafts: ReturnType<typeof createDrafts>; storage: Storage }[] = [];
  const values: Record<string, string> = {};
  const state = { full: false, roomFor: 0, signedOut: false, moved: [] as string[] };

  function storageOf(isFrom: () => ReturnType<typeof createDrafts>): Storage {
    const tell = (key: string, text: string | null) => {
      for (const { drafts } of pages) if (drafts !== isFrom()) drafts.hear(key, text);
    };
    const methods = {
      getItem: (key: string) => values[key] ?? null,
      setItem: (key: string, text: string) => {
        const isFull = state.full && Object.keys(values).length >= state.roomFor;
        if (isFull && !(key in values && state.roomFor > 0))
          throw new DOMException("full", "QuotaExceededError");
        values[key] = text;
        tell(key, text);
      },
      removeItem: (key: string) => {
        if (!(key in values)) return;
        delete values[key];
        tell(key, null);
      },
    };
    return new Proxy(values, {
      get: (target, name) => methods[name as keyof typeof methods] ?? target[name as string],
    }) as unknown as Storage;
  }
  function openPage() {
    const onUnkept = vi.fn();
    const storage = storageOf(() => drafts);
    const drafts: ReturnType<typeof createDrafts> = createDrafts({
      storage,
      makeRoom: () => {},
      hasSignedOut: () => state.signedOut,
      isMoved: (key) => state.moved.includes(key),
      onUnkept,
    });
    pages.push({ drafts, storage });
    return { drafts, isHeld: () => onUnkept.mock.lastCall?.[0] ?? false };
  }
  return { openPage, values, state };
}

const key = draftKey("ada", "task.1");

test("what is typed is there for the next page, until it is saved", () => {
  const { openPage, values } = browser();
  const { drafts, isHeld } = openPage();
  drafts.open(key);
  drafts.write(key, "typed");
  expect(openPage().drafts.read(key)).toBe("typed");
  expect(isHeld()).toBe(false);
  drafts.drop(key);
  expect(values).toEqual({});
});

test("of what is kept, only what was to be lost goes", () => {
  const { openPage, values } = browser();
  const { drafts } = openPage();
  const late = draftKey("ada", "task.2");
  for (const one of [key, late]) drafts.write(one, "typed");
  drafts.forget("ada", new Set([key]));
  expect(Object.keys(values)).toEqual([late]);
  drafts.forget("ada");
  expect(values).toEqual({});
});

test("of two pages that type into one task the newest text is kept, and the other page holds its own", () => {
  const { openPage } = browser();
  const [one, two] = [openPage(), openPage()];
  one.drafts.open(key);
  one.drafts.write(key, "first");
  two.drafts.open(key);
  two.drafts.write(key, "second");
  expect(openPage().drafts.read(key)).toBe("second");
  expect(one.drafts.read(key)).toBe("first");
  expect([one.isHeld(), two.isHeld()]).toEqual([true, false]);
  one.drafts.drop(key);
  expect(openPage().drafts.read(key)).toBe("second");
  expect(one.isHeld()).toBe(false);
});

test("what one page throws away is not lost where another shows it", () => {
  const { openPage } = browser();
  const [one, two] = [openPage(), openPage()];
  one.drafts.open(key);
  one.drafts.write(key, "typed");
  two.drafts.open(key);
  two.drafts.drop(key);
  expect(openPage().drafts.read(key)).toBe("typed");
});

test("a page in which nothing was typed does not hold on to what it read", () => {
  const { openPage } = browser();
  const [one, two] = [openPage(), openPage()];
  one.drafts.open(key);
  one.drafts.write(key, "typed");
  two.drafts.open(key);
  one.drafts.write(key, "typed further");
  expect(two.isHeld()).toBe(false);
});

test("where there is no room the page has it, says so and is held, until there is", () => {
  const { openPage, state, values } = browser();
  const { drafts, isHeld } = openPage();
  state.full = true;
  const close = drafts.open(key);
  drafts.write(key, "typed");
  expect([drafts.isFull(), isHeld()]).toEqual([true, true]);
  close();
  expect(drafts.read(key)).toBe("typed");
  expect(drafts.keysOf("ada")).toEqual([key]);
  state.full = false;
  drafts.write(key, "typed on");
  expect([drafts.isFull(), isHeld()]).toEqual([false, false]);
  expect(values[key]).toBe(JSON.stringify("typed on"));
});

test("a sign-out leaves nothing, also of what another page types that has not heard of it", () => {
  const { openPage, state, values } = browser();
  const [one, two] = [openPage(), openPage()];
  two.drafts.open(key);
  two.drafts.write(key, "typed");
  state.signedOut = true;
  one.drafts.forget("ada");
  expect(values).toEqual({});
  two.drafts.write(key, "typed on");
  expect(values).toEqual({});
  // It is in that page alone: nothing that somebody types goes without a word.
  expect([two.drafts.read(key), two.isHeld(), two.drafts.isFull()]).toEqual([
    "typed on",
    true,
    false,
  ]);
});

test("a page that may keep nothing more holds what it moves, and what it had kept and is typed on", () => {
  const { openPage, state } = browser();
  const { drafts, isHeld } = openPage();
  const [moved, typed] = [draftKey("ada", "task.2"), draftKey("ada", "task.3")];
  drafts.write(key, "moved");
  drafts.write(typed, "typed");
  state.signedOut = true;
  drafts.write(typed, "typed on");
  expect(isHeld()).toBe(true);
  drafts.move(key, moved, (value) => value);
  expect([drafts.read(moved), drafts.read(typed)]).toEqual(["moved", "typed on"]);
});

test("a page that hears late of a sign-out forgets its own and leaves what is kept since", () => {
  const { openPage, values } = browser();
  const [one, two] = [openPage(), openPage()];
  one.drafts.open(key);
  one.drafts.write(key, "typed here");
  two.drafts.write(key, "typed since");
  one.drafts.forgetOwn();
  expect(one.isHeld()).toBe(false);
  expect(values).toEqual({ [key]: JSON.stringify("typed since") });
});

test("a sign-out leaves what is another user's", () => {
  const { openPage, values } = browser();
  const { drafts } = openPage();
  const bobs = draftKey("bob", "task.1");
  drafts.write(key, "Ada's");
  drafts.write(bobs, "Bob's");
  drafts.forget("ada");
  expect(Object.keys(values)).toEqual([bobs]);
});

test("a draft follows its task to the id that the server gives", () => {
  const { openPage } = browser();
  const { drafts } = openPage();
  drafts.write(key, { id: "1" });
  drafts.move(key, draftKey("ada", "task.2"), () => ({ id: "2" }));
  expect(drafts.keysOf("ada")).toEqual([draftKey("ada", "task.2")]);
  expect(drafts.read(draftKey("ada", "task.2"))).toEqual({ id: "2" });
});

test("a draft that another page has moved to its task's id is in no second place", () => {
  const { openPage, values, state } = browser();
  const [sending, { drafts }] = [openPage(), openPage()];
  drafts.open(key);
  drafts.write(key, "typed");
  state.moved.push(key);
  sending.drafts.move(key, draftKey("ada", "task.2"), (value) => value);
  expect(Object.keys(values)).toEqual([draftKey("ada", "task.2")]);
});

test("a draft keeps its place in the browser when its task gets an id, also where there is no more room", () => {
  const { openPage, values, state } = browser();
  const { drafts, isHeld } = openPage();
  drafts.write(key, "typed");
  state.full = true;
  state.roomFor = 1;
  drafts.move(key, draftKey("ada", "task.2"), (value) => value);
  expect(Object.keys(values)).toEqual([draftKey("ada", "task.2")]);
  expect(isHeld()).toBe(false);
});

test("what there was no room for is kept as soon as another draft goes", () => {
  const { openPage, values, state } = browser();
  const { drafts, isHeld } = openPage();
  drafts.write(key, "saved soon");
  state.full = true;
  state.roomFor = 1;
  const other = draftKey("ada", "task.2");
  drafts.write(other, "typed");
  expect(isHeld()).toBe(true);
  drafts.drop(key);
  expect(values).toEqual({ [other]: '"typed"' });
  expect(isHeld()).toBe(false);
});

test("what is cut off is no draft", () => {
  const { openPage, values } = browser();
  values[key] = '{"base":';
  expect(openPage().drafts.read(key)).toBeUndefined();
});
