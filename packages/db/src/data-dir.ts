import { access, constants, readFile, stat } from "node:fs/promises";
import { join } from "node:path";

/** The data directory cannot be used as it is; the message says why. */
export class DataDirError extends Error {
  override readonly name = "DataDirError";
}

/** The major version of PostgreSQL that PGlite is, as it writes it beside its data. */
const PG_MAJOR = "18";

/** What every cluster has, from the moment on in which it appears under its name. */
const PARTS = ["PG_VERSION", "global/pg_control", "base", "pg_wal", "postgresql.conf"];

/** Where copies are, or how there will be some the next time. */
const COPIES =
  "Restore a copy (npm run db:restore), or set DATA_DIR to another folder to begin anew beside it.";

/**
 * Makes sure that what is in a data directory can be opened: PGlite itself would say nothing that its
 * reader could mend. A directory without a cluster is fine. Throws `DataDirError`.
 */
export async function checkCluster(dir: string): Promise<void> {
  const cluster = join(dir, "postgres");
  const found = await stat(cluster).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw new DataDirError(`The data in ${cluster} cannot be read (${error.code}).`);
  });
  if (!found) return;
  if (!found.isDirectory()) {
    throw new DataDirError(
      `There is a file at ${cluster}, where the database has a folder. ${COPIES}`,
    );
  }
  for (const part of PARTS) {
    await access(join(cluster, part), constants.R_OK).catch((error: NodeJS.ErrnoException) => {
      throw new DataDirError(
        error.code === "ENOENT"
          ? `The data in ${cluster} is damaged: ${part} is missing. ${COPIES}`
          : `The data in ${cluster} cannot be read: ${part} (${error.code}). Give the user who starts Taskbridge the right to read and write it.`,
      );
    });
  }
  await access(cluster, constants.W_OK).catch((error: NodeJS.ErrnoException) => {
    throw new DataDirError(
      `The data in ${cluster} cannot be written to (${error.code}). Give the user who starts Taskbridge the right to.`,
    );
  });
  const version = (await readFile(join(cluster, "PG_VERSION"), "utf8")).trim();
  if (version !== PG_MAJOR) {
    throw new DataDirError(
      `The data in ${cluster} is of PostgreSQL ${version.slice(0, 20) || "(nothing)"}, and this is ${PG_MAJOR}. ${COPIES}`,
    );
  }
}

/** Whether an embedded database has its files in a data directory. */
export const hasCluster = (dir: string): Promise<boolean> =>
  stat(join(dir, "postgres", "PG_VERSION")).then(
    () => true,
    () => false,
  );

/** For what PGlite said when it would not open a cluster. */
export const damaged = (dir: string, why: string) =>
  new DataDirError(
    `The database in ${join(dir, "postgres")} cannot be opened (${why}): its files are damaged. ${COPIES}`,
  );

/** For a cluster that cannot be opened, or made, for want of room. */
export const diskFull = (dir: string) =>
  new DataDirError(`The disk with ${dir} is full: the database needs 20 MB of it to open.`);
