import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compareTags, compareTitleKeys, titleKey } from "../src/index.ts";

const collator = new Intl.Collator("en", { numeric: true });
const compare = (a: string, b: string) => compareTitleKeys(titleKey(a), titleKey(b));

/** Titles as people write them, and such as are hard to order. */
const titles =
  `1|2|10|007|100 things|v2|v10|1.9|1.10|file-2|file_10|5€|50%|€5|$10|£3|½ cup|x2|x²|x10
  apple|Apple|Äpfel|Apfel|apfel|Ärger|arg|Zebra|zoo|Łódź|Lodz|lynx|Ørsted|Oslo|ozon|Maße|Masse|Mazda|Maß
  straße|strasse|STRASSE|Straße|résumé|resume|Resume|résumés|resumes|cote|coté|côte|côté|Éclair|éclair|eclair
  naïve|naive|co-op|coop|coöp|co|ñu|nu|nz|ça|ca|cb|İstanbul|ısı|ist|þorn|zz|ærø|aero|aes|æs|ŋ|na
  „Zitat“|“quote”|'a'|(b)|[c]|#tag|@home|- item|– item|— item|* item|+1|~ ten|= sum|a—b|a-b|a_b|a.b|a,b|a:b
  a 1|a1|1a|A-1|🎉 party|🙂|→ next|✓ done|!|?|¿Qué?|¡Hola!|& Co|/home|100 °C|© 2026
  Иван|Йод|Ива|Ёлка|Елка|Елм|Їжак|Іван|Ґанок|Галя|Європа|Ежевика|я|а|Ω|α|Ά|あ|か|が|日本|中|한국|한|하|가|קפה|עברית
  Einkaufen 2|Einkaufen 10|Einkaufen  2|einkaufen 2|Kapitel 1.2.10|Kapitel 1.2.9|Woche 09|Woche 10|Woche 9`
    .split(/\||\n\s*/)
    .map((title) => title.trim());

describe("titles are ordered as Intl.Collator orders them, numbers by their value", () => {
  test("those that people write", () => {
    const differing = titles.flatMap((a) =>
      titles
        .filter((b) => Math.sign(compare(a, b)) !== Math.sign(collator.compare(a, b)))
        .map((b) => [a, b]),
    );
    expect(differing).toEqual([]);
  });

  test("any that are made of European letters, digits and everyday signs", () => {
    const letters = "abcxyzABCXYZäöüßÄÖÜéèêçñåøłşğčžőàîôœ";
    const character = fc.constantFrom(
      ...`${letters}0123456789 0123456789  -–_.,:;!?'’()/#&+*=€$%@`,
    );
    const title = fc.string({ unit: character, maxLength: 8 });
    fc.assert(
      fc.property(title, title, (a, b) => {
        expect(Math.sign(compare(a, b))).toBe(Math.sign(collator.compare(a, b)));
      }),
      { seed: 20_261_201, numRuns: 20_000 },
    );
  });
});

test("a key is as short as an index and a cursor want it, and well-formed", () => {
  const units = ["\ufdfa", "🦄", "ǘ", "!", "A", "1", "ﷺé", "\u0301"];
  for (const unit of units) {
    const key = titleKey([...unit.repeat(200)].slice(0, 200).join(""));
    expect(Buffer.byteLength(key)).toBeLessThanOrEqual(1_000);
    expect(key.isWellFormed()).toBe(true);
  }
});

test("keys are compared as a database compares their bytes", () => {
  const text = fc.string({ unit: "binary", maxLength: 4 }).filter((each) => each.isWellFormed());
  fc.assert(
    fc.property(text, text, (a, b) => {
      const bytes = Buffer.compare(Buffer.from(a), Buffer.from(b));
      expect(Math.sign(compareTitleKeys(a, b))).toBe(bytes);
    }),
    { seed: 20_261_201, numRuns: 2_000 },
  );
});

test("tags are in the order of titles, and no two are alike", () => {
  const tags = ["b", "Ä", "a10", "ä", "z", "a", "a2", "Zoo", "e\u0301", "é"];
  const ordered = [...tags].sort(compareTags);
  expect(ordered).toEqual(["a", "ä", "Ä", "a2", "a10", "b", "e\u0301", "é", "z", "Zoo"]);
  expect([...tags].reverse().sort(compareTags)).toEqual(ordered);
});
