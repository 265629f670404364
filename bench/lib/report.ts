import { cpus } from "node:os";
import { CONNECTIONS, type Measured } from "./load.ts";

/** What one figure must be of another one, both from the same run. */
interface Target {
  of: string;
  to: string;
  atLeast: number;
}

const ours = (thing: string) => `${thing}: Taskbridge`;

export const targets: readonly Target[] = [
  { of: ours("list"), to: "list: Fastify", atLeast: 1 },
  { of: ours("list"), to: "list: FastAPI", atLeast: 4 },
  { of: ours("list"), to: "list: limit line", atLeast: 0.7 },
  { of: ours("no token"), to: "no token: Fastify", atLeast: 0.8 },
  { of: ours("another's"), to: "no token: Fastify", atLeast: 0.8 },
  ...["get", "create", "update"].map((thing) => ({
    of: ours(thing),
    to: `${thing}: Fastify`,
    atLeast: 0.8,
  })),
  { of: ours("tRPC list"), to: ours("REST list"), atLeast: 0.8 },
  { of: ours("tRPC batch"), to: ours("tRPC list"), atLeast: 3 },
];

export interface Told {
  /** In Markdown. */
  text: string;
  met: boolean;
}

/** Tells the figures and, where both of a ratio were measured, the ratios. */
export function report(measured: ReadonlyMap<string, Measured>): Told {
  const rows = [...measured].map(
    ([name, { perSecond, p50, p99 }]) => `| ${name} | ${perSecond.toFixed(0)} | ${p50} | ${p99} |`,
  );
  const ratios = targets.flatMap(({ of, to, atLeast }) => {
    const [above, below] = [measured.get(of), measured.get(to)];
    if (!above || !below) return [];
    const ratio = above.perSecond / below.perSecond;
    return { met: ratio >= atLeast, line: line(of, to, ratio, atLeast) };
  });
  const text = [
    `${CONNECTIONS} connections, Node ${process.version}, ${cpus().length} x ${cpus()[0]?.model.trim()}.`,
    "The product has two walls between users, each peer has one.",
    "",
    "| calls | per second | p50 ms | p99 ms |",
    "|---|---:|---:|---:|",
    ...rows,
    "",
    "| of | to | ratio | at least | |",
    "|---|---|---:|---:|---|",
    ...ratios.map((each) => each.line),
  ];
  return { text: `${text.join("\n")}\n`, met: ratios.every(({ met }) => met) };
}

const line = (of: string, to: string, ratio: number, atLeast: number) =>
  `| ${of} | ${to} | ${ratio.toFixed(2)} | ${atLeast} | ${ratio >= atLeast ? "" : "missed"} |`;
