/** How long the server may take to say which build it has. */
const ANSWER_WITHIN_MS = 5_000;

/**
 * Whether the server has another build than this page: it has the files of one build at a time, and this one
 * is in each, under the build's own name.
 */
export async function isBuildGone(): Promise<boolean> {
  const { build } = document.documentElement.dataset;
  if (!build) return false;
  const answer = await fetch(`/_next/static/${build}/_buildManifest.js`, {
    method: "HEAD",
    cache: "no-store",
    signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
  }).catch(() => undefined);
  return answer?.status === 404;
}
