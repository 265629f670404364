import { renderToString } from "react-dom/server";
import { afterEach, expect, test, vi } from "vitest";
import { drawnPage } from "./support/drawn-page.tsx";

afterEach(() => void vi.unstubAllGlobals());

test("a page that is drawn on the server leaves nothing open there", () => {
  const opened = vi.fn();
  vi.stubGlobal("BroadcastChannel", opened);
  const open = () => process.getActiveResourcesInfo().sort();
  const before = open();
  for (let view = 0; view < 100; view += 1) expect(renderToString(drawnPage)).toContain("The page");
  expect(opened).not.toHaveBeenCalled();
  expect(open()).toEqual(before);
});
