import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { services } from "../services.ts";

let build: Promise<string> | undefined;

/**
 * Where this build's worker is, for a viewer whose pages look like this; none under the development
 * server, whose files change under one name.
 */
export async function workerAddress(...looks: string[]): Promise<string | null> {
  const { root, development } = (await services()).settings;
  if (development) return null;
  build ??= readFile(join(root, "apps/web/.next/BUILD_ID"), "utf8");
  return `/worker.js?${new URLSearchParams({ of: [await build, ...looks].join(" ") })}`;
}
