import { spawn } from "node:child_process";

/** Whom a program runs as, where it refuses to run as root. */
export type As = { uid: number; gid: number } | undefined;

interface Options {
  /** A shell script that keeps a program running while its own standard input is open. */
  keeper: string;
  /** What the script is given: `$1`, `$2` … */
  args: readonly string[];
  as: As;
}

/**
 * A program that lives no longer than the process of the tests, however that ends, and does not keep it
 * alive. In a group of its own: an interrupt from the keyboard is for the tests, which then close the
 * pipe.
 */
export function keepRunning({ keeper, args, as }: Options) {
  const child = spawn("sh", ["-c", keeper, "sh", ...args], {
    ...as,
    cwd: "/",
    detached: true,
    stdio: ["pipe", "ignore", "pipe"],
  });
  const gone = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  let log = "";
  child.stderr.on("data", (chunk) => {
    log = `${log}${chunk}`.slice(-10_000);
  });
  return {
    log: () => log,
    /** Whether it says this before that, or before its end. */
    says: (that: string, before = /$^/) =>
      new Promise<boolean>((resolve) => {
        child.stderr.on("data", function look() {
          const said = log.includes(that);
          if (!said && !before.test(log)) return;
          child.stderr.off("data", look);
          resolve(said);
        });
        void gone.then(() => resolve(false));
      }),
    /** Gives an order to a script that takes some; what was said before is forgotten. */
    order: (word: string) => {
      log = "";
      child.stdin.write(`${word}\n`);
    },
    /** From here on the pipes and the child alone do not keep the process alive. */
    letGo: () => {
      child.unref();
      for (const pipe of [child.stdin, child.stderr]) {
        (pipe as unknown as { unref(): void }).unref();
      }
    },
    stop: async () => {
      child.ref();
      child.stdin.end();
      await gone;
    },
  };
}
