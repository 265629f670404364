import { buildId } from "../loading/build-id.ts";

/** Where this build's worker is, for a viewer whose pages look like this; none while developing. */
export async function workerAddress(...looks: string[]): Promise<string | null> {
  const build = await buildId();
  return build && `/worker.js?${new URLSearchParams({ of: [build, ...looks].join(" ") })}`;
}
