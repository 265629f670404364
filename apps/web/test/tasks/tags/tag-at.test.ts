import { expect, test } from "vitest";
import { listedTagAt, signedTagAt, suggestTags } from "../../../src/tasks/tags/tag-at.ts";

const known = ["home", "Hobby", "house work", "work", "Ärzte", "a,b", "#odd", "2027"];

/** What the text is once the first suggestion was taken; `|` is the caret. */
function taken(placeOf: typeof signedTagAt, marked: string): string | undefined {
  const caret = marked.indexOf("|");
  const text = marked.replace("|", "");
  const place = placeOf(text, caret);
  const [tag] = place ? suggestTags(place, known) : [];
  return place && tag && text.slice(0, place.from) + place.write(tag) + text.slice(place.to);
}

test.each([
  ["Buy milk #ho|", "Buy milk #home "],
  ["#ho| buy milk", "#home buy milk"],
  ["#h|ous buy milk", "#home buy milk"],
  ["(#HOB|)", "(#Hobby )"],
  ["#home #ho|", "#home #Hobby "],
  ["#arz|", "#Ärzte "],
  ["Buy #|", "Buy #home "],
  ["Buy milk #x|", undefined],
  ["Buy milk#ho|", undefined],
  ["Buy ho|", undefined],
  ["#work|", undefined],
  ["#a,|", undefined],
  ["PR #20|", undefined],
  ["#house|", undefined],
])("in a line, %j", (marked, text) => {
  expect(taken(signedTagAt, marked)).toBe(text);
});

test.each([
  ["ho|", "home"],
  ["work, ho|", "work, home"],
  ["work,#ho|", "work,#home"],
  ["ho|, work", "home, work"],
  ["home, ho|", "home, Hobby"],
  ["house|", "house work"],
  ["a|", "Ärzte"],
  ["|", undefined],
  ["work, |", undefined],
  ["home|", undefined],
])("in a list, %j", (marked, text) => {
  expect(taken(listedTagAt, marked)).toBe(text);
});
