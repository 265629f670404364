import { readFileSync } from "node:fs";
import { cpus } from "node:os";

/** The kernel counts in hundredths of a second wherever Node runs on Linux. */
const TICK_SECONDS = 0.01;

/** The processor time in seconds that each of these processes has had so far. */
export const timesOf = (pids: readonly number[]): Map<number, number> =>
  new Map(pids.flatMap((pid) => timeOf(pid) ?? []));

/** How much was used from one look to the next; who has ended in between did nothing for long. */
export const usedBetween = (
  before: ReadonlyMap<number, number>,
  after: ReadonlyMap<number, number>,
): number => [...after].reduce((sum, [pid, time]) => sum + time - (before.get(pid) ?? 0), 0);

/** proc_pid_stat(5). Linux alone tells it so finely. */
function timeOf(pid: number): [[pid: number, seconds: number]] | undefined {
  let text: string;
  try {
    text = readFileSync(`/proc/${pid}/stat`, "utf8");
  } catch {
    return undefined;
  }
  // The name, in brackets, may hold blanks.
  const [utime, stime] = text
    .slice(text.lastIndexOf(")") + 2)
    .split(" ")
    .slice(11, 13)
    .map(Number);
  return [[pid, ((utime ?? Number.NaN) + (stime ?? Number.NaN)) * TICK_SECONDS]];
}

/** The time in seconds that all processors of the machine together have been at work, for whomever. */
export const machineTime = (): number =>
  cpus().reduce((sum, { times }) => sum + times.user + times.nice + times.sys + times.irq, 0) /
  1_000;

/** What a process has in memory, in megabytes. */
export const memoryOf = (pid: number): number => statusOf(pid, "VmRSS");

/** The most that a process ever had in memory, in megabytes. */
export const peakMemoryOf = (pid: number): number => statusOf(pid, "VmHWM");

function statusOf(pid: number, name: "VmRSS" | "VmHWM"): number {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  return Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, "m").exec(status)?.[1]) / 1_000;
}
