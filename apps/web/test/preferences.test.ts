import { expect, test } from "vitest";
import { languageOf, themeOf, timeZoneOf } from "../src/preferences/preferences.ts";

test.each([
  [undefined, null, "en", "en"],
  [undefined, "de-AT,de;q=0.9,en;q=0.8", "de", "de-AT"],
  [undefined, "fr, en-GB;q=0.5, de;q=0.9", "de", "de"],
  ["en", "de-AT, en-GB;q=0.1", "en", "en-GB"],
  ["de", "en-US", "de", "de"],
  ["xx", "DE", "de", "DE"],
  [undefined, "*;q=0.1, ,;;, not a range, x-y-z-1-2-3-4-5-6-7-8", "en", "en"],
])("chosen %j, accepted %j: %s, dates as in %s", (chosen, accepted, language, locale) => {
  expect(languageOf(chosen, accepted)).toEqual({ language, locale });
});

test("a theme that there is not is the system's", () => {
  expect([themeOf("dark"), themeOf("pink"), themeOf(undefined)]).toEqual([
    "dark",
    "system",
    "system",
  ]);
});

test("a time zone that there is not is UTC", () => {
  expect(timeZoneOf("Europe/Vienna")).toBe("Europe/Vienna");
  expect([timeZoneOf("Mars/Olympus"), timeZoneOf(undefined), timeZoneOf("")]).toEqual([
    "UTC",
    "UTC",
    "UTC",
  ]);
});
