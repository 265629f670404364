import { expect, inject, test } from "vitest";
import { openDatabase } from "../src/index.ts";
import { onDatabase } from "../src/testing/test-base.ts";

const base = inject("testBase");

test.runIf(base.kind === "postgres")(
  "a server is used as it is, or named if it cannot be",
  async () => {
    const { serverUrl } = base as Extract<typeof base, { kind: "postgres" }>;
    const opened = await openDatabase({ url: serverUrl, dataDir: "/nowhere" });
    expect(opened).toMatchObject({ url: serverUrl, kind: "server" });
    await opened.close();

    const missing = openDatabase({ url: onDatabase(serverUrl, "missing"), dataDir: "/nowhere" });
    await expect(missing).rejects.toMatchObject({ reason: "no_database" });
  },
);
