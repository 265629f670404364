import { once } from "node:events";
import type { Socket } from "node:net";
import { createInterface } from "node:readline";
import { DataDirError } from "./data-dir.ts";
import type { EmbeddedThread } from "./embedded-supervisor.ts";

const ORDER = "copy ";
const DONE = "copied";

/** Answers a process of the same user that asks the holder of a data directory for a copy. */
export function serveCopies(socket: Socket, thread: () => EmbeddedThread | undefined): void {
  socket.on("error", () => {});
  const lines = createInterface(socket);
  // It says an error of its input again.
  lines.on("error", () => {});
  lines.once("line", async (line) => {
    try {
      if (!line.startsWith(ORDER)) throw new Error("That was not understood.");
      const opened = thread();
      if (!opened) throw new Error("The database is still being opened.");
      await opened.copyTo(JSON.parse(line.slice(ORDER.length)));
      socket.end(`${DONE}\n`);
    } catch (error) {
      socket.end(`${(error as Error).message}\n`);
    }
  });
}

/** Asks such a holder for a copy. Throws `DataDirError` with what it says. */
export async function askForCopy(holder: Socket, file: string): Promise<void> {
  try {
    holder.write(`${ORDER}${JSON.stringify(file)}\n`);
    const [answer = ""] = await once(createInterface(holder), "line");
    if (answer !== DONE) throw new DataDirError(`The copy could not be made: ${answer}`);
  } finally {
    holder.destroy();
  }
}
