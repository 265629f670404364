import fc from "fast-check";
import { expect, test } from "vitest";
import { decode } from "../../../src/tasks/transfer/decode.ts";

const bytes = (...of: number[]) => Uint8Array.from(of);
const utf16 = (text: string, littleEndian: boolean) => {
  const view = new DataView(new ArrayBuffer(2 * text.length + 2));
  for (const [at, unit] of [..."\ufeff", ...text.split("")].entries()) {
    view.setUint16(2 * at, unit.charCodeAt(0), littleEndian);
  }
  return new Uint8Array(view.buffer);
};

test("every text in UTF-8, or in UTF-16 with its mark, is read as it was written", () => {
  const text = fc
    .string({ unit: "grapheme" })
    .filter((some) => !some.includes("\0") && !/^(PK|\ufeff)/.test(some));
  fc.assert(
    fc.property(text, (written) => {
      const encoded = new TextEncoder().encode(written);
      expect(decode(encoded)).toEqual({ text: written, encoding: "utf-8" });
      expect(decode(bytes(0xef, 0xbb, 0xbf, ...encoded))).toMatchObject({ text: written });
      for (const littleEndian of [true, false]) {
        const decoded = decode(utf16(written, littleEndian));
        expect(decoded).toEqual({ text: written, encoding: "utf-16" });
      }
    }),
  );
});

test("what is neither is Windows-1252, where its bytes are letters of it", () => {
  expect(decode(bytes(0x4d, 0xfc, 0x6c, 0x6c, 0x20, 0x80, 0x20, 0x93, 0x94))).toEqual({
    text: "Müll € “”",
    encoding: "windows-1252",
  });
  fc.assert(
    fc.property(fc.uint8Array({ min: 1 }), (some) => {
      const decoded = decode(some);
      if ("text" in decoded && decoded.encoding === "windows-1252") {
        expect(decoded.text).toHaveLength(some.length);
        expect(decoded.text).not.toContain("\ufffd");
      }
    }),
  );
});

test.each([
  ["an archive, or a spreadsheet's own file", bytes(0x50, 0x4b, 3, 4, 0x14), "archive"],
  ["a picture", bytes(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0), "binary"],
  ["UTF-16 without its mark", bytes(0x54, 0, 0x69, 0), "binary"],
  ["UTF-16 that breaks off within a letter", bytes(0xff, 0xfe, 0x54, 0, 0x3d, 0xd8), "binary"],
  ["UTF-16 with half a unit", bytes(0xff, 0xfe, 0x54), "binary"],
])("%s is no text", (_, some, unfit) => {
  expect(decode(some)).toEqual({ unfit });
});

const latin1 = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));

test.each([
  ["UTF-8 with one byte of Latin-1", "Title\nGr\xc3\xbc\xc3\x9fe\nM\xfcller\n", 3],
  ["Latin-1 with one line of UTF-8", "T\xfcr, M\xfcll\nStra\xc3\x9fe\n", 1],
  ["DOS letters that Windows-1252 has not", "Title\nM\x81ll\n", 2],
  ["DOS letters that would be quotes within a word", "Title\nsch\x94n", 2],
  ["an old Mac's letters", "Title\r\nM\x9fll", 2],
])("%s is refused by its line", (_, text, line) => {
  expect(decode(latin1(text))).toEqual({ unfit: "letters", line });
});

test("a letter before a closing quote is none of UTF-8", () => {
  expect(decode(latin1("\x84Spa\xdf\x93 f\xfcr alle"))).toMatchObject({
    text: "„Spaß“ für alle",
  });
});

test("a calendar's line that is folded within a letter has its letter", () => {
  const text = "BEGIN:VCALENDAR\r\nSUMMARY:Stra\xc3\x9fe M\xc3\r\n \xbcller \xf0\x9f\xa6\n \x84\n";
  expect(decode(latin1(text))).toEqual({
    text: "BEGIN:VCALENDAR\r\nSUMMARY:Straße Mü\r\n ller 🦄\n \n",
    encoding: "utf-8",
  });
});
