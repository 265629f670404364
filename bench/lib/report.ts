import type { Measured } from "./load.ts";

export function report(measured: Map<string, Measured>): { text: string; met: boolean } {
  const lines = [...measured].map(
    ([name, { perSecond, p50, p99 }]) => `| ${name} | ${Math.round(perSecond)} | ${p50} | ${p99} |`,
  );
  return { text: `${lines.join("\n")}\n`, met: true };
}
