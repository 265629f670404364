import { useSyncExternalStore } from "react";

/** False while the page is as the server drew it, and true once it is the browser's. */
export const useHydrated = (): boolean =>
  useSyncExternalStore(
    () => () => {},
    () => true,
    () => false,
  );
