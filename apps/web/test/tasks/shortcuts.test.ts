import { expect, test } from "vitest";
import { keyOf, shortcutOf, shortcuts } from "../../src/tasks/model/shortcuts.ts";

const bare = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };
const press = (key: string, code: string, held: Partial<typeof bare> = {}) =>
  shortcutOf({ ...bare, key, code, ...held }, true);

test.each([
  // Where the layout has Latin letters, what a key types counts, wherever it lies.
  ["Dvorak", "n", "KeyL", "create"],
  ["Dvorak", "b", "KeyN", undefined],
  ["AZERTY", "a", "KeyQ", "selectAll"],
  ["AZERTY", "q", "KeyA", undefined],
  ["AZERTY", "é", "Digit2", undefined],
  ["AZERTY", "§", "Slash", undefined],
  ["Turkish", "ı", "KeyI", undefined],
  ["QWERTZ", "U", "KeyU", "undo"],
  // Elsewhere its place does.
  ["Russian", "т", "KeyN", "create"],
  ["Russian", "о", "KeyJ", "next"],
  ["Russian", "Л", "KeyK", "previous"],
  ["Russian", ".", "Slash", undefined],
  ["Russian", "/", "Backslash", "search"],
  ["Bulgarian", "б", "Slash", "search"],
  ["Greek", "ν", "KeyN", "create"],
  ["Greek", "χ", "KeyX", "select"],
  ["Hebrew", "מ", "KeyN", "create"],
  ["Hebrew", "/", "KeyQ", "search"],
  ["Arabic", "ظ", "Slash", "search"],
  ["Arabic", "ث", "KeyE", "edit"],
  ["Arabic", "لا", "KeyB", undefined],
  ["Thai", "ื", "KeyN", "create"],
  ["Korean", "ㅜ", "KeyN", "create"],
])("on a keyboard that is %s, %s at %s is %s", (_, key, code, shortcut) => {
  expect(press(key, code)).toBe(shortcut);
});

test("a question mark is one on every keyboard", () => {
  const shiftKey = true;
  expect(press("?", "Slash", { shiftKey })).toBe("help");
  expect(press("?", "Minus", { shiftKey })).toBe("help");
  expect(press("?", "Digit7", { shiftKey })).toBe("help");
  expect(press("؟", "Slash", { shiftKey })).toBe("help");
  expect(press("Б", "Slash", { shiftKey })).toBe("help");
});

test("keys that are held go by the same rule", () => {
  expect(press("л", "KeyK", { ctrlKey: true })).toBe("palette");
  expect(press("я", "KeyZ", { metaKey: true })).toBe("undo");
  expect(press("Я", "KeyZ", { metaKey: true, shiftKey: true })).toBeUndefined();
  expect(press("т", "KeyN", { ctrlKey: true })).toBeUndefined();
  expect(press("n", "KeyN", { altKey: true })).toBeUndefined();
});

test("switched off, no key that types something is a shortcut, and all others still are", () => {
  const without = (key: string, code: string, held: Partial<typeof bare> = {}) =>
    shortcutOf({ ...bare, key, code, ...held }, false);
  for (const key of ["n", "N", "/", "j", "k", "x", "a", "e", "u", "?", "؟"]) {
    expect(without(key, "KeyQ")).toBeUndefined();
  }
  expect(without("т", "KeyN")).toBeUndefined();
  expect(without("б", "Slash")).toBeUndefined();
  expect(without("ArrowDown", "ArrowDown")).toBe("next");
  expect(without("Enter", "Enter")).toBe("edit");
  expect(without(" ", "Space")).toBe("complete");
  expect(without("Delete", "Delete")).toBe("remove");
  expect(without("Escape", "Escape")).toBe("clear");
  expect(without("л", "KeyK", { ctrlKey: true })).toBe("palette");
  const shown = shortcuts.map((shortcut) => keyOf(shortcut, false));
  expect(shown).toEqual(expect.arrayContaining(["arrowdown", "enter", "mod+z", undefined]));
});

test("what a browser fills in is no press of a key", () => {
  const filled = { ...bare, key: undefined, code: undefined } as never;
  expect(shortcutOf(filled, true)).toBeUndefined();
});
