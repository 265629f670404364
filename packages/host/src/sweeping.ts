/** Removes what has had its time, and says how many rows that were. */
export type Sweep = () => Promise<number>;

export interface Sweeping {
  /** Lets the sweep under way end, and begins no other. */
  stop: () => Promise<void>;
}

const HOUR_MS = 3_600_000;

/**
 * Runs the sweeps one after the other, now and an hour after they are done, for as long as something
 * else keeps the process alive. One that fails is reported and does not stop the others.
 */
export function startSweeping(
  sweeps: readonly Sweep[],
  onError: (error: unknown) => void,
): Sweeping {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let sweeping = sweepAll();

  async function sweepAll(): Promise<void> {
    for (const sweep of sweeps) {
      if (stopped) return;
      await sweep().catch(onError);
    }
    if (stopped) return;
    timer = setTimeout(() => {
      sweeping = sweepAll();
    }, HOUR_MS).unref();
  }

  return {
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      await sweeping;
    },
  };
}
