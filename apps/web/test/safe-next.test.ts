import { describe, expect, test } from "vitest";
import { safeNext } from "../src/safe-next.ts";

describe("honours a page of this site", () => {
  test.each([
    ["/tasks"],
    ["/tasks?status=completed"],
    ["/tasks?q=100%25&back=%2F%2Fevil.example#top"],
    ["/tasks?next=https://evil.example"],
    ["/a/b%20c"],
  ])("%s", (next) => expect(safeNext(next)).toBe(next));
});

describe("sends to the tasks instead of", () => {
  test.each([
    ["nothing", undefined],
    ["an empty value", ""],
    ["two values", ["/tasks", "/tasks"]],
    ["another scheme", "https://evil.example"],
    ["a scheme without slashes", "https:evil.example"],
    ["a script", "javascript:alert(1)"],
    ["a script after a line break", "java\nscript:alert(1)"],
    ["a host without a scheme", "//evil.example"],
    ["three slashes", "///evil.example"],
    ["a backslash", "/\\evil.example"],
    ["two backslashes", "\\\\evil.example"],
    ["a tab between slashes", "/\t/evil.example"],
    ["a line break between slashes", "/\n/evil.example"],
    ["a carriage return and a backslash", "/\r\\evil.example"],
    ["a leading space", " //evil.example"],
    ["a leading control character", "\u0001//evil.example"],
    ["a detour to two slashes", "/.//evil.example"],
    ["a longer detour", "/tasks/..//evil.example"],
    ["encoded slashes", "/%2F/evil.example"],
    ["encoded slashes alone", "%2F%2Fevil.example"],
    ["an encoded backslash", "/%5Cevil.example"],
    ["a twice encoded slash", "/%252Fevil.example"],
    ["an encoded tab", "/%09/evil.example"],
    ["an encoded detour", "/%2e%2e//evil.example"],
    ["a broken encoding", "/%E0%A4%A"],
    ["a relative path", "tasks"],
    ["a user before the host", "@evil.example"],
    ["the sign-in page, which would send back", "/sign-in?next=/tasks"],
    ["the same, encoded", "/sign%2Din"],
    ["the same, in capitals", "/SIGN-IN/"],
    ["the sign-up page", "/sign-up"],
    ["an answer that is no page", "/api/auth/token"],
  ])("%s", (_, next) => expect(safeNext(next)).toBe("/tasks"));

  test("whatever a browser would resolve to another origin", () => {
    const parts = ["/", "\\", "\t", "\n", "//", "%2F", "%5C", ".", "..", "@", ":", "evil.example"];
    for (const a of parts) {
      for (const b of parts) {
        for (const c of parts) {
          const next = safeNext(`/${a}${b}${c}`);
          expect(new URL(next, "https://ours.example").origin).toBe("https://ours.example");
        }
      }
    }
  });
});
