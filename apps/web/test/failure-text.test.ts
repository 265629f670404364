import { type ErrorCode, problemCodes, problemOf } from "@taskbridge/api";
import { expect, test } from "vitest";
import { de } from "../src/strings/de.ts";
import { en } from "../src/strings/en.ts";
import { createTranslate } from "../src/strings/translate.ts";
import { failureKey, failureText, problemSentences } from "../src/trpc/failure-text.ts";

const inEnglish = createTranslate(en, "en");
const inGerman = createTranslate(de, "de");

test.each(problemCodes)("%s is said in every language", (code) => {
  const { status, when } = problemOf(code);
  const key = failureKey({ code, status });
  expect(inEnglish(key)).not.toBe("");
  expect(inGerman(key)).not.toBe("");
  expect(inGerman(key)).not.toBe(inEnglish(key));
  expect(inGerman(key)).not.toContain(when);
});

test("the codes with a sentence of their own are those of the error table, and tokens are one thing", () => {
  const ofTokens = problemCodes.filter((code) => !(code in problemSentences));
  expect(ofTokens).not.toEqual([]);
  const bySignIn = ofTokens.filter((code) => problemOf(code).status === 401);
  for (const code of bySignIn) {
    const key = code === "token_not_yet_valid" ? "problem.clocks" : "problem.notAuthenticated";
    expect(failureKey({ code, status: 401 })).toBe(key);
  }
  const known = Object.keys(problemSentences) as ErrorCode[];
  expect(known.filter((code) => !problemCodes.includes(code))).toEqual([]);
});

test("what is not known is no English sentence either", () => {
  expect(failureKey({ code: "not_yet_invented", status: 418 })).toBe("problem.internal");
  expect(failureKey({ code: "toString", status: 500 })).toBe("problem.internal");
});

test("a refused field is named with its rule, in the viewer's language", () => {
  const failure = (pointer: string) => ({
    code: "validation_failed",
    status: 422,
    errors: [{ pointer, message: "Must be something." }],
  });
  expect(failureText(failure("/title"), inGerman)).toBe("Titel: Er muss 1 bis 200 Zeichen haben.");
  expect(failureText(failure("/tags/3"), inGerman)).toMatch(/^Schlagwörter: Höchstens 20/);
  expect(failureText(failure("/limit"), inGerman)).toBe(
    "Etwas daran kann nicht angenommen werden.",
  );
  expect(failureText(failure("/notes/title"), inEnglish)).toMatch(/^Notes: /);
});
