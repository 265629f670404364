import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { freePort } from "../../apps/web/test/support/start-app.ts";

export interface Running {
  url: string;
  stop: () => Promise<void>;
}

/** Starts a peer, and resolves once it says that it is ready. */
export async function startPeer(
  command: readonly string[],
  settings: Record<string, string>,
): Promise<Running> {
  const port = await freePort();
  const [program = "", ...args] = command;
  const child = spawn(program, args, {
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, NODE_ENV: "production", ...settings, PORT: String(port) },
  });
  const ended = once(child, "exit");
  const ready = new Promise<"ready">((resolve) => {
    child.stdout.on("data", (chunk) => String(chunk).includes("ready") && resolve("ready"));
  });
  if ((await Promise.race([ready, ended])) !== "ready") {
    throw new Error(`${command.join(" ")} did not start.`);
  }
  // Uvicorn says so just before it listens.
  const url = `http://127.0.0.1:${port}`;
  while (!(await fetch(url).catch(() => null)));
  return {
    url,
    stop: async () => {
      // Nothing of it is kept, and uvicorn would wait for connections that are open.
      child.kill("SIGKILL");
      await ended;
    },
  };
}

/** A Python that has what the FastAPI peer needs; undefined where there is none. */
export const findPython = () =>
  ["/usr/bin/python3", "python3"].find(
    (python) =>
      spawnSync(python, ["-c", "import fastapi, uvicorn, jwt, asyncpg"], { stdio: "ignore" })
        .status === 0,
  );
