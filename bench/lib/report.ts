import { readFileSync } from "node:fs";
import { cpus } from "node:os";
import { CONNECTIONS, type Measured } from "./load.ts";
import type { Wait } from "./pages.ts";

/** What one figure must be of another one, both from the same run. */
interface Target {
  of: string;
  to: string;
  /** None where the ratio is only told. */
  atLeast?: number;
}

const ours = (thing: string) => `${thing}: Taskbridge`;

export const targets: readonly Target[] = [
  { of: ours("list"), to: "list: Fastify", atLeast: 1 },
  { of: ours("list"), to: "list: FastAPI", atLeast: 4 },
  { of: ours("list"), to: "list: limit line", atLeast: 0.7 },
  ...["Fastify", "FastAPI", "limit line"].map((peer) => ({
    of: ours("list of 16 users"),
    to: `list of 16 users: ${peer}`,
  })),
  { of: ours("no token"), to: "no token: Fastify", atLeast: 0.8 },
  { of: ours("another's"), to: "no token: Fastify", atLeast: 0.8 },
  ...["get", "create", "update"].map((thing) => ({
    of: ours(thing),
    to: `${thing}: Fastify`,
    atLeast: 0.8,
  })),
  { of: ours("tRPC list"), to: ours("REST list"), atLeast: 0.8 },
  { of: ours("tRPC batch"), to: ours("tRPC list"), atLeast: 3 },
  { of: ours("tRPC batch of different lists"), to: ours("tRPC list") },
];

export interface Told {
  /** In Markdown. */
  text: string;
  met: boolean;
}

export interface Beside {
  waits: readonly Wait[];
  /** Undefined where FastAPI is missing. */
  python: string | undefined;
}

/** Tells the figures and, where both of a ratio were measured, the ratios. */
export function report(measured: ReadonlyMap<string, Measured>, { waits, python }: Beside): Told {
  const rows = [...measured].map(
    ([name, { perSecond, p50, p99 }]) => `| ${name} | ${perSecond.toFixed(0)} | ${p50} | ${p99} |`,
  );
  const ratios = targets.flatMap(({ of, to, atLeast }) => {
    const [above, below] = [measured.get(of), measured.get(to)];
    if (!above || !below) return [];
    const ratio = above.perSecond / below.perSecond;
    return { met: ratio >= (atLeast ?? 0), line: line(of, to, ratio, atLeast) };
  });
  const text = [
    "# Beside services written by hand",
    "",
    `Written by \`npm run bench\`: ${CONNECTIONS} connections of one user with 100 tasks, or of ${CONNECTIONS} such users; medians.`,
    `Node ${process.version}, ${cpus().length} x ${cpus()[0]?.model.trim()}, PostgreSQL without fsync, all on one machine.`,
    `Next ${versionOf("next")}, tRPC ${versionOf("@trpc/server")}, Fastify ${versionOf("fastify")}, pg ${versionOf("pg")}.`,
    "The product has two walls between users, each peer has one. What one user reads at the same moment goes to",
    "its database together, and the very same is read and written once; what 16 users read is not, and neither are the",
    "ten lists of a batch that differ: those ratios are told, and have no mark.",
    ...(python
      ? []
      : [
          "FastAPI is left out: apt-get install python3-fastapi python3-uvicorn python3-jwt python3-asyncpg",
        ]),
    "",
    "| calls | per second | p50 ms | p99 ms |",
    "|---|---:|---:|---:|",
    ...rows,
    "",
    "| of | to | ratio | at least | |",
    "|---|---|---:|---:|---|",
    ...ratios.map((each) => each.line),
    "",
    "| what people wait for | | at most | |",
    "|---|---:|---:|---|",
    ...waits.map(
      ({ what, is, atMost, unit }) =>
        `| ${what} | ${is.toFixed(1)} ${unit} | ${atMost} ${unit} | ${is <= atMost ? "" : "missed"} |`,
    ),
  ];
  const met = ratios.every((ratio) => ratio.met) && waits.every(({ is, atMost }) => is <= atMost);
  return { text: `${text.join("\n")}\n`, met };
}

const versionOf = (name: string): string => {
  const file = new URL(`../../node_modules/${name}/package.json`, import.meta.url);
  return JSON.parse(readFileSync(file, "utf8")).version;
};

const line = (of: string, to: string, ratio: number, atLeast?: number) =>
  `| ${of} | ${to} | ${ratio.toFixed(2)} | ${atLeast ?? ""} | ${ratio >= (atLeast ?? 0) ? "" : "missed"} |`;
