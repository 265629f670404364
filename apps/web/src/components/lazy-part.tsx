"use client";

import { type ComponentType, useEffect, useState } from "react";
import { PartBoundary } from "../loading/part-boundary.tsx";
import { type PartState, usePart } from "../loading/use-part.ts";

/**
 * A part of the page that is loaded when it is first shown, or when somebody seems about to. Until it is there,
 * and where it fails, `Fallback` is drawn with its props: the rest of the page goes on.
 */
export function lazyPart<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  Fallback: ComponentType<Props & PartState>,
): ComponentType<Props> & { preload: () => void } {
  let loaded: ComponentType<Props> | undefined;
  let loading: Promise<ComponentType<Props>> | undefined;
  const loadOnce = () => {
    loading ??= load().then(
      (component) => {
        loaded = component;
        return component;
      },
      (error: unknown) => {
        // The next one who asks tries again.
        loading = undefined;
        throw error;
      },
    );
    return loading;
  };
  const Part = (props: Props) => {
    const { component: Component, failure, retry } = usePart(loaded, loadOnce);
    if (!Component) return <Fallback {...props} failure={failure} retry={retry} />;
    return (
      <PartBoundary fallback={(again) => <Fallback {...props} failure="failed" retry={again} />}>
        <Component {...props} />
      </PartBoundary>
    );
  };
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
