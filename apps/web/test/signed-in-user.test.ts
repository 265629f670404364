import { beforeEach, expect, test, vi } from "vitest";
import { MemoryStorage } from "./support/memory-storage.ts";

const loadPage = () => import("../src/shell/signed-in-user.ts");

beforeEach(() => {
  vi.resetModules();
  vi.stubGlobal("localStorage", new MemoryStorage());
});

test("a page finds out that its user has signed out in another one", async () => {
  const page = await loadPage();
  expect(page.hasSignedOut()).toBe(false);
  page.noteSignedIn("ada");
  expect(page.hasSignedOut()).toBe(false);
  page.noteSignedOut("ada");
  expect(page.hasSignedOut()).toBe(true);
});

test("a page finds out that somebody else has signed in in another one, whose name stays", async () => {
  const adas = await loadPage();
  adas.noteSignedIn("ada");
  vi.resetModules();
  const bobs = await loadPage();
  bobs.noteSignedIn("bob");
  expect([adas.hasSignedOut(), bobs.hasSignedOut()]).toEqual([true, false]);
  adas.noteSignedOut("ada");
  expect(bobs.lastSignedIn()).toBe("bob");
});
