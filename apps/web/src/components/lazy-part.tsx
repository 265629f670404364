"use client";

import { type ComponentType, lazy, Suspense, useEffect } from "react";

/** A part of the page that is loaded when it is first shown, or when somebody seems about to. */
export function lazyPart<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
): ComponentType<Props> & { preload: () => void } {
  let loading: Promise<{ default: ComponentType<Props> }> | undefined;
  const loadOnce = () => {
    loading ??= load().then(
      (component) => ({ default: component }),
      (error: unknown) => {
        // The network was away; the next one who asks tries again.
        loading = undefined;
        throw error;
      },
    );
    return loading;
  };
  const Lazy = lazy(loadOnce);
  const Part = (props: Props) => (
    <Suspense fallback={null}>
      <Lazy {...props} />
    </Suspense>
  );
  return Object.assign(Part, { preload: () => void loadOnce().catch(() => {}) });
}

/** Loads parts once the page has nothing else to do. */
export function usePreloaded(...parts: { preload: () => void }[]): void {
  useWhenIdle(() => {
    for (const part of parts) part.preload();
  });
}

/** Runs something once, when the page has nothing else to do. */
export function useWhenIdle(run: () => void): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: once is enough.
  useEffect(() => {
    if (!("requestIdleCallback" in window)) {
      const timer = setTimeout(run, 1_500);
      return () => clearTimeout(timer);
    }
    const handle = requestIdleCallback(run, { timeout: 5_000 });
    return () => cancelIdleCallback(handle);
  }, []);
}
