import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { services } from "../services.ts";

let id: Promise<string> | undefined;

/** Which build this server serves; null under the development server, whose files change under one name. */
export async function buildId(): Promise<string | null> {
  const { root, development } = (await services()).settings;
  if (development) return null;
  id ??= readFile(join(root, "apps/web/.next/BUILD_ID"), "utf8");
  return id;
}
