import type { Person } from "./http.ts";

/** What an app said to one request, or that the connection ended without an answer. */
export interface Said {
  status: number | "no answer";
  code: string | undefined;
  retryAfter: string | null;
  tookMs: number;
  text: string;
}

/** A write of one task, under a title of its own; some carry an Idempotency-Key. */
export interface Write {
  title: string;
  send: () => Promise<Said>;
  keyed: boolean;
}

export const acknowledged = ({ status }: Said) => status === 200 || status === 201;

/** Sends a request and reads all of its answer. */
export async function ask(url: string, init: RequestInit = {}): Promise<Said> {
  const begun = performance.now();
  const took = () => performance.now() - begun;
  try {
    const response = await fetch(url, { redirect: "manual", ...init });
    const text = await response.text();
    return {
      status: response.status,
      code: codeIn(text),
      retryAfter: response.headers.get("retry-after"),
      tookMs: took(),
      text,
    };
  } catch {
    const status = "no answer";
    return { status, code: undefined, retryAfter: null, tookMs: took(), text: "" };
  }
}

const codeIn = (text: string) => /"code":"([a-z_]+)"/.exec(text)?.[1];

/** The nth write of somebody's: every other one goes through tRPC, the rest through REST with a key. */
export function writeOf(at: string, { id, token }: Person, n: number): Write {
  const title = `Write ${n}.`;
  const headers = { Authorization: `Bearer ${token}`, "Content-Type": "application/json" };
  const body = JSON.stringify({ title });
  const keyed = n % 2 === 0;
  const post = { method: "POST", headers: { ...headers, "Idempotency-Key": `"${n}"` }, body };
  return {
    title,
    keyed,
    send: () =>
      keyed
        ? ask(`${at}/api/${id}/tasks`, post)
        : ask(`${at}/api/trpc/task.create`, { method: "POST", headers, body }),
  };
}

/** How often each title is there. */
export async function countTitles(at: string, { id, token }: Person): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  const headers = { Authorization: `Bearer ${token}` };
  for (let cursor: string | null = ""; cursor !== null; ) {
    const after: string = cursor && `&cursor=${encodeURIComponent(cursor)}`;
    const response = await fetch(`${at}/api/${id}/tasks?limit=100${after}`, { headers });
    if (!response.ok) throw new Error(`The list answered ${response.status}.`);
    const { items, nextCursor } = await response.json();
    for (const { title } of items) counts.set(title, (counts.get(title) ?? 0) + 1);
    cursor = nextCursor;
  }
  return counts;
}

/** Writes on with several at a time; what is not acknowledged is left to the caller to judge. */
export function startWriting(at: string, person: Person, parallel = 8) {
  const all: { write: Write; said: Said[] }[] = [];
  const waiting = new Set<() => void>();
  let next = 0;
  let stopped = false;

  async function writeOn(): Promise<void> {
    while (!stopped) {
      const write = writeOf(at, person, next++);
      const said: Said[] = [];
      all.push({ write, said });
      do {
        said.push(await write.send());
        for (const look of waiting) look();
        // Whether a write without a key was carried out is not known: it is not sent again.
      } while (!stopped && write.keyed && !acknowledged(said.at(-1) as Said));
    }
  }
  const writing = Promise.all(Array.from({ length: parallel }, writeOn));
  const answers = () => all.flatMap(({ said }) => said);

  return {
    all,
    answers,
    /** Resolves when so many further answers are of this kind. */
    async further(count: number, kind: (said: Said) => boolean): Promise<void> {
      const before = answers().filter(kind).length;
      await new Promise<void>((resolve) => {
        const look = () => {
          if (answers().filter(kind).length < before + count) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
      });
    },
    async stop(): Promise<void> {
      stopped = true;
      await writing;
    },
  };
}
