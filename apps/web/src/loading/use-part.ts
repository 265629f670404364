import { type ComponentType, useCallback, useEffect, useState } from "react";
import { isBuildGone } from "./new-version.ts";

/** Why a part is not there: it failed, or the server has only the files of a newer build. */
export type PartFailure = "failed" | "newVersion";

/** What is drawn in the place of a part that is on its way, or has failed. */
export interface PartState {
  /** Left out while it is on its way. */
  failure?: PartFailure | undefined;
  retry: () => void;
}

/** The bundler's loader would wait for ever for a file that neither comes nor fails. */
const PATIENCE_MS = 15_000;

/** Loads a part when it is shown, again when that is asked for, and once the network is back. */
export function usePart<Props>(
  loaded: ComponentType<Props> | undefined,
  load: () => Promise<ComponentType<Props>>,
) {
  const [component, setComponent] = useState(() => loaded);
  const [failure, setFailure] = useState<PartFailure>();

  const retry = useCallback(() => {
    setFailure(undefined);
    const fail = async () => setFailure((await isBuildGone()) ? "newVersion" : "failed");
    const timer = setTimeout(fail, PATIENCE_MS);
    load()
      .then((part) => setComponent(() => part), fail)
      .finally(() => clearTimeout(timer));
  }, [load]);
  const missing = component === undefined;
  useEffect(() => {
    if (!missing) return;
    retry();
    window.addEventListener("online", retry);
    return () => window.removeEventListener("online", retry);
  }, [missing, retry]);
  return { component, failure, retry };
}
