import { beforeEach, expect, test, vi } from "vitest";
import { MemoryStorage } from "./support/memory-storage.ts";

const loadPage = () => {
  vi.resetModules();
  return import("../src/shell/tab-user.ts");
};
const address = "/tasks?tag=secret&q=words#here";

beforeEach(() => vi.stubGlobal("sessionStorage", new MemoryStorage()));

test("a tab in which nobody has been signed in leads where it was asked to", async () => {
  const { takeTab, ownAddress } = await loadPage();
  takeTab("ada");
  expect(ownAddress(address)).toBe(address);
});

test("who signs in again comes back to the whole address, and somebody else to the page alone", async () => {
  (await loadPage()).takeTab("ada");
  const again = await loadPage();
  again.takeTab("ada");
  expect(again.ownAddress(address)).toBe(address);
  const bobs = await loadPage();
  bobs.takeTab("bob");
  expect(bobs.ownAddress(address)).toBe("/tasks");
  const bobsNext = await loadPage();
  bobsNext.takeTab("bob");
  expect(bobsNext.ownAddress(address)).toBe(address);
});
