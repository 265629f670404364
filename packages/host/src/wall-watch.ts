import { isUnavailable, WallError } from "@taskbridge/db";

export interface WallWatch {
  /** Whether the last look found the database keeping users apart, and requests able to work. */
  stands: () => boolean;
  /** Something went wrong that a wall may be the reason of: it is looked at soon. */
  suspect: () => void;
  /** Waits for the look under way. */
  stop: () => Promise<void>;
}

interface WatchOptions {
  /** Looks at the walls, as requests go. */
  check: () => Promise<void>;
  /** Told when they fall, and when they stand again. */
  onChange: (stands: boolean, error?: unknown) => void;
  everyMs?: number;
  /** Between two looks there is at least so much, however much is suspected. */
  apartMs?: number;
}

/**
 * Looks at the walls every half minute, and sooner where it is told to, for as long as something else keeps
 * the process alive. They stand until a look says otherwise; a database that is away says nothing of them.
 */
export function watchWalls(options: WatchOptions): WallWatch {
  const { check, onChange, everyMs = 30_000, apartMs = 5_000 } = options;
  let stands = true;
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let looking: Promise<void> | undefined;
  let lookedAt = performance.now();

  const change = (now: boolean, error?: unknown) => {
    if (stands === now) return;
    stands = now;
    onChange(now, error);
  };
  async function look(): Promise<void> {
    try {
      await check();
      change(true);
    } catch (error) {
      if (error instanceof WallError) change(false, error);
      else if (!isUnavailable(error)) onChange(stands, error);
    }
    lookedAt = performance.now();
    looking = undefined;
    schedule(stands ? everyMs : apartMs);
  }
  function schedule(ms: number): void {
    clearTimeout(timer);
    if (stopped) return;
    timer = setTimeout(() => {
      looking = look();
    }, ms).unref();
  }
  schedule(everyMs);

  return {
    stands: () => stands,
    suspect: () => {
      // A look has connections made itself.
      if (!looking) schedule(Math.max(0, lookedAt + apartMs - performance.now()));
    },
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      await looking;
    },
  };
}
