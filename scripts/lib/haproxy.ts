import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

/** The folder of HAProxy's program, or null: Debian has it where users' paths do not lead. */
export const findHaproxy = (path = process.env.PATH ?? ""): string | null =>
  [...path.split(delimiter), "/usr/sbin"].find((dir) => existsSync(join(dir, "haproxy"))) ?? null;
