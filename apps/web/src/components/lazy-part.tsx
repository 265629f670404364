"use client";

import { type ComponentType, lazy, Suspense, useEffect, useState } from "react";

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

/** Until then the page belongs to who waits for it to answer their first press. */
const SETTLED_AFTER_MS = 5_000;
const touches = ["pointermove", "pointerdown", "keydown"] as const;

/** Runs something once, when somebody has begun to use the page, or it has stood for a while, and it is idle. */
export function useWhenIdle(run: () => void): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: once is enough.
  useEffect(() => {
    let cancel = () => {};
    const settle = () => {
      stopWaiting();
      cancel = whenIdle(run);
    };
    const timer = setTimeout(settle, SETTLED_AFTER_MS);
    for (const touch of touches) addEventListener(touch, settle, { passive: true });
    function stopWaiting() {
      clearTimeout(timer);
      for (const touch of touches) removeEventListener(touch, settle);
    }
    return () => {
      stopWaiting();
      cancel();
    };
  }, []);
}

/** Whether that has come. */
export function useIdle(): boolean {
  const [idle, setIdle] = useState(false);
  useWhenIdle(() => setIdle(true));
  return idle;
}

function whenIdle(run: () => void): () => void {
  if (!("requestIdleCallback" in window)) {
    const timer = setTimeout(run, 500);
    return () => clearTimeout(timer);
  }
  const handle = requestIdleCallback(run, { timeout: 2_000 });
  return () => cancelIdleCallback(handle);
}
