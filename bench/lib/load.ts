import autocannon from "autocannon";

/** One request that is asked again and again, or several that take turns. */
export interface Asked {
  method?: "GET" | "POST" | "PATCH";
  requests: readonly { path: string; token?: string }[];
  body?: string;
  /** The status that every answer must have. */
  status: number;
}

export interface Measured {
  perSecond: number;
  p50: number;
  p99: number;
}

export const CONNECTIONS = 16;

/** Asks on 16 connections for so long. Rejects where one answer is not as it should be. */
export async function load(url: string, asked: Asked, seconds: number): Promise<Measured> {
  const { method = "GET", requests, body, status } = asked;
  const unexpected = new Map<number, number>();
  let clients = 0;
  const result = await run({
    url,
    connections: CONNECTIONS,
    duration: seconds,
    // Each connection begins elsewhere, so that they do not all write to one row at a time.
    setupClient: (client) => {
      const from = Math.floor((clients++ * requests.length) / CONNECTIONS);
      const turned = [...requests.slice(from), ...requests.slice(0, from)];
      const json = body === undefined ? {} : { "content-type": "application/json" };
      client.setRequests(
        turned.map(({ path, token }) => {
          const headers =
            token === undefined ? json : { ...json, authorization: `Bearer ${token}` };
          return { method, path, headers, body };
        }),
      );
      client.on("response", (code) => {
        if (code !== status) unexpected.set(code, (unexpected.get(code) ?? 0) + 1);
      });
    },
  });
  if (unexpected.size > 0 || result.errors > 0) {
    const answers = [...unexpected].map(([code, count]) => `${count} x ${code}`);
    throw new Error(`${url}${requests[0]?.path}: ${answers.join(", ")}, ${result.errors} errors`);
  }
  const { p50, p99 } = result.latency;
  return { perSecond: result.requests.total / result.duration, p50, p99 };
}

const run = (options: autocannon.Options) =>
  new Promise<autocannon.Result>((resolve, reject) => {
    autocannon(options, (error, result) => (error ? reject(error) : resolve(result)));
  });

/** Of each figure the median. */
export function medianOf(rounds: readonly Measured[]): Measured {
  const middle = (name: keyof Measured) =>
    rounds.map((round) => round[name]).sort((a, b) => a - b)[rounds.length >> 1] ?? Number.NaN;
  return { perSecond: middle("perSecond"), p50: middle("p50"), p99: middle("p99") };
}
