import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { lossesOf, mustAsk } from "../src/shell/sign-out-losses.ts";
import { asWork } from "../src/tasks/running-work.ts";
import { MemoryStorage } from "./support/memory-storage.ts";

const outbox = { countUnsent: () => unsent.length, unsentNames: () => unsent };
let unsent: string[] = [];

beforeEach(() => {
  unsent = [];
  vi.stubGlobal("window", new EventTarget());
  vi.stubGlobal("navigator", {});
  vi.stubGlobal("localStorage", new MemoryStorage());
});
afterEach(() => void vi.unstubAllGlobals());

const losses = () => lossesOf("ada", outbox);

test("a sign-out is asked about for what is unsent, typed or running, each by itself", async () => {
  expect(mustAsk(await losses())).toBe(false);
  unsent = ["a"];
  expect(mustAsk(await losses())).toBe(true);
  unsent = [];
  localStorage.setItem("taskbridge.draft.ada.task.1", "{}");
  expect(mustAsk(await losses())).toBe(true);
  localStorage.removeItem("taskbridge.draft.ada.task.1");
  let end = () => {};
  const running = asWork("ada", () => new Promise<void>((resolve) => (end = resolve)));
  expect(await losses()).toMatchObject({ unsent: 0, drafts: 0, running: 1 });
  expect(mustAsk(await losses())).toBe(true);
  end();
  await running;
  expect(mustAsk(await losses())).toBe(false);
});

test("who has agreed is asked again only for what has come since", async () => {
  unsent = ["a", "b"];
  const agreed = await losses();
  unsent = ["b"];
  expect(mustAsk(await losses(), agreed)).toBe(false);
  // As many as before, and another one among them.
  unsent = ["b", "c"];
  expect(mustAsk(await losses(), agreed)).toBe(true);
});
