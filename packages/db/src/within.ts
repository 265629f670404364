/** What a promise gives, unless that takes longer. */
export function within<T>(ms: number, promise: Promise<T>): Promise<T | "late"> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms, "late" as const);
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
