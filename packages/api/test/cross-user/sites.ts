import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const source = fileURLToPath(new URL("../../../db/src", import.meta.url));

/** A place in the source text of `packages/db`. */
export interface Site {
  /** As `once.ts:12`. */
  at: string;
  line: string;
}

/** Where a text stands in what `packages/db` is made of; once a line. */
export function sitesOf(text: string): Site[] {
  return readdirSync(source)
    .filter((name) => name.endsWith(".ts"))
    .flatMap((name) =>
      readFileSync(`${source}/${name}`, "utf8")
        .split("\n")
        .map((line, at) => ({ at: `${name}:${at + 1}`, line }))
        .filter(({ line }) => line.includes(text)),
    );
}

/** The innermost place of a stack that is in `packages/db`. */
export function siteOf(stack: string): string {
  for (const [, name, line] of stack.matchAll(/packages\/db\/src\/([\w-]+\.ts):(\d+)/g)) {
    if (name !== "owner.ts") return `${name}:${line}`;
  }
  throw new Error(`It was not packages/db that asked:\n${stack}`);
}
