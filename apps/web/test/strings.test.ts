import { expect, test } from "vitest";
import { de } from "../src/strings/de.ts";
import { en } from "../src/strings/en.ts";
import { createTranslate, type Dictionary, type Message } from "../src/strings/translate.ts";

const placeholders = (message: Message) =>
  [...new Set(JSON.stringify(message).match(/\{\w+\}/g))].sort();
const pairs = Object.entries<Message>(en).map(
  ([key, message]) => [key, message, (de as Record<string, Message>)[key]] as const,
);

test.each(pairs)("%s takes the same values in every language", (_, message, translated) => {
  expect(translated).toBeDefined();
  expect(placeholders(translated ?? "")).toEqual(placeholders(message));
  expect(typeof translated).toBe(typeof message);
});

test("values, numbers and plurals are written as the locale writes them", () => {
  const message = { one: "{count} Aufgabe von {name}", other: "{count} Aufgaben von {name}" };
  const t = createTranslate({ ...de, "account.menu": message } as Dictionary, "de");
  const told = (count: number) => t("account.menu", { name: "Ada", ...{ count } });
  expect(told(1)).toBe("1 Aufgabe von Ada");
  expect(told(12_000)).toBe("12.000 Aufgaben von Ada");
});
