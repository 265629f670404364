const SCOPE = "/tasks";

/** Registers the worker where browsers have them: on https, and on localhost. */
export async function installWorker(address: string): Promise<void> {
  if (!("serviceWorker" in navigator)) return;
  const { serviceWorker } = navigator;
  // What was loaded before the worker was there did not pass through it.
  serviceWorker.addEventListener("controllerchange", () => {
    new PerformanceObserver((list) => {
      serviceWorker.controller?.postMessage(list.getEntries().map(({ name }) => name));
    }).observe({ type: "resource", buffered: true });
  });
  // Where it fails, the page goes on without.
  await serviceWorker.register(address, { scope: SCOPE }).catch(() => {});
}

export async function removeWorker(): Promise<void> {
  if (!("serviceWorker" in navigator)) return;
  const registration = await navigator.serviceWorker.getRegistration(SCOPE);
  await registration?.unregister();
}
