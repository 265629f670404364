import { dictionary } from "@zxcvbn-ts/language-common";
import { describe, expect, test } from "vitest";
import { findPasswordFault, PASSWORD_LENGTH } from "../src/password-rules.ts";

const ada = { name: "Ada Lovenmark", email: "ada.byron@tasks.example.com" };

describe("a password is refused", () => {
  test("where it is one of the 10 000 most common ones that fit", async () => {
    const fit = dictionary["passwords-common"].filter(
      ({ length }) => length >= PASSWORD_LENGTH.min && length <= PASSWORD_LENGTH.max,
    );
    expect(fit.length).toBeGreaterThan(10_000);
    const faults = await Promise.all(
      fit.slice(0, 10_000).map((each) => findPasswordFault(each, {})),
    );
    expect(new Set(faults)).toEqual(new Set(["common"]));
  });

  test.each([
    ...[
      "PASSWORD",
      "Password1",
      "P@ssw0rd",
      "p4$$w0rd!",
      "Password2026!",
      "!!superman!!",
      "ｐａｓｓｗｏｒｄ",
    ],
    ...["Trustno1", "1QAZ2wsx", "QwertyUiop", "iloveyou<3", "Princéss1"],
    ...["pass word", "Pass-Word_1", "i.love.you"],
    // Too short without what stands around it.
    ...["letmein12345", "LetMeIn!!", "2026dragon!", "l3tm31n1234567890", "password123456789"],
  ])("as a common one in other letters: %s", async (password) => {
    expect(await findPasswordFault(password, {})).toBe("common");
  });

  test.each([
    ...["aaaaaaaa", "00000000", "987654321", "0987654321", "abcdefgh", "11112222", "        "],
    ...["12341234", "19841984", "abcabcabc", "letmeinletmein", "aa12345678"],
  ])("as a common one that the list leaves out, a row or a repetition: %j", async (password) => {
    expect(await findPasswordFault(password, {})).toBe("common");
  });

  test.each([
    ...[
      "Ada Lovenmark",
      "lovenmark2026",
      "LOVENMARK!!",
      "l0venm4rk99",
      "ada.byron@tasks.example.com",
    ],
    ...[
      "ada.byron",
      "adabyron1",
      "Byron-Ada-1",
      "tasks.example.com",
      "ada-ada-ada",
      "lovenmarkpassword",
    ],
    ...[
      "taskbridge",
      "Task-Bridge-1",
      "Taskbridge1",
      "TaskBridge2026!",
      "t4skbr1dge",
      "task bridge ada".replace(" ", ""),
    ],
  ])("as one of its owner's words: %s", async (password) => {
    expect(await findPasswordFault(password, ada)).toBe("personal");
  });
});

test.each([
  ...["a long passphrase", "another long passphrase", "correct horse battery staple", "тихая ночь"],
  ...["84920175", "dragon 84920175", "letmein-tiger-84", "48 dragons fly", "ｌａｔｅ moon says"],
  ...["ada says good night", "zu Ada passt kein Reim", "K8#vq2!mZp", "a long passphrase 2026"],
])("others are taken: %s", async (password) => {
  expect(await findPasswordFault(password, ada)).toBeUndefined();
});

test.each([{}, { name: null, email: 7 }, { name: "", email: "" }, { name: "A B" }, { name: [] }])(
  "an owner of whom little is known is no trouble: %j",
  async (owner) => {
    expect(await findPasswordFault("a long passphrase", owner)).toBeUndefined();
  },
);
