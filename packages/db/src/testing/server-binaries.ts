import { execFileSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";

/** The folder of PostgreSQL's server programs on this machine, or null where there are none. */
export function findServerBinaries(): string | null {
  if (process.platform === "win32") return null;
  const folders = [
    output("pg_config", "--bindir"),
    dirname(output("sh", "-c", "command -v postgres")),
    ...versionsUnder("/usr/lib/postgresql"),
    ...["/opt/homebrew/opt", "/usr/local/opt"].flatMap(versionsUnder),
    ...["/opt/homebrew/bin", "/usr/local/bin", "/usr/local/pgsql/bin"],
  ];
  const complete = (folder: string) =>
    ["postgres", "initdb"].every((name) => existsSync(join(folder, name)));
  return folders.find((folder) => folder.startsWith("/") && complete(folder)) ?? null;
}

/** PgBouncer's program on this machine, or null where it is not installed. */
export function findPgBouncer(): string | null {
  if (process.platform === "win32") return null;
  return output("sh", "-c", "PATH=$PATH:/usr/sbin command -v pgbouncer") || null;
}

function output(command: string, ...args: string[]): string {
  try {
    const stdio: ["ignore", "pipe", "ignore"] = ["ignore", "pipe", "ignore"];
    return execFileSync(command, args, { encoding: "utf8", stdio }).trim();
  } catch {
    return "";
  }
}

/** Debian's `15/bin`, Homebrew's `postgresql@15/bin`: the newest first. */
function versionsUnder(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const version = (name: string) => Number(/^(?:postgresql@)?(\d+)/.exec(name)?.[1] ?? 0);
  return readdirSync(folder)
    .filter((name) => version(name) > 0)
    .sort((a, b) => version(b) - version(a))
    .map((name) => join(folder, name, "bin"));
}
