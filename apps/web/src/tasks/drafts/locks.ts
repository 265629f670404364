const locks = () => ("locks" in navigator ? navigator.locks : undefined);

/**
 * Says to the user's other pages that this name is in use here, until the function it returns is called.
 * Browsers have no locks on plain HTTP: then nothing is in use.
 */
export function holdName(name: string, onReleased: () => void = () => {}): () => void {
  let release = () => {};
  const over = new Promise<void>((resolve) => {
    release = resolve;
  });
  void locks()
    ?.request(name, { mode: "shared" }, () => over)
    .then(onReleased, onReleased);
  return release;
}

/** The names that are in use on some page of this browser. */
export async function namesInUse(): Promise<ReadonlySet<string>> {
  const { held = [] } = (await locks()?.query()) ?? {};
  return new Set(held.map(({ name }) => name ?? ""));
}

/** Does something about a name that is in use nowhere. */
export async function ifUnused(name: string, work: () => void): Promise<void> {
  const all = locks();
  if (!all) return work();
  await all.request(name, { ifAvailable: true }, (lock) => void (lock && work()));
}
