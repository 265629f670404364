import { Agent, request } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { fetchToken, type Person, signUp } from "./person.ts";

/** How many requests are under way at a time. */
const CONCURRENCY = 16;
/** A token lasts fifteen minutes. */
const TOKEN_MS = 10 * 60_000;
const NOTES = "Water the plants on the balcony, and those of Zoë's. ".repeat(150);

/** How often each thing is done. */
export interface Amounts {
  views: number;
  lists: number;
  exports: number;
  signIns: number;
}

interface Member extends Person {
  tokenAt: number;
}

/** Users of a running product, each with tasks, of which some have long notes. */
export async function createUsage(url: string, users: number, tasksEach: number) {
  const agent = new Agent({ keepAlive: true, maxSockets: CONCURRENCY });
  const members: Member[] = [];
  for (let at = 0; at < users; at += 1) {
    members.push({ ...(await signUp(url)), tokenAt: Date.now() });
  }

  async function bearer(member: Member) {
    if (Date.now() - member.tokenAt > TOKEN_MS) {
      member.tokenAt = Date.now();
      member.token = await fetchToken(url, member.cookie);
    }
    return { authorization: `Bearer ${member.token}` };
  }
  const ask = async (path: string, headers: Record<string, string>, body?: object) => {
    const { status, bytes } = await send(agent, `${url}${path}`, headers, body);
    if (status !== 200 && status !== 201) throw new Error(`${path} answered ${status}.`);
    return bytes;
  };
  const own = async (member: Member, path: string, body?: object) =>
    ask(`/api/${member.id}/tasks${path}`, await bearer(member), body);

  for (const member of members) {
    for (let at = 0; at < tasksEach; at += 1) {
      await own(member, "", {
        title: `Task ${at}`,
        notes: at % 10 === 0 ? NOTES : "",
        tags: ["home"],
      });
    }
  }

  const things: Record<keyof Amounts, (member: Member) => Promise<unknown>> = {
    views: ({ cookie }) => ask("/tasks", { cookie }),
    lists: (member) => own(member, "?limit=100"),
    exports: (member) => own(member, "/export?format=csv"),
    signIns: ({ email }) =>
      ask("/api/auth/sign-in/email", { origin: url }, { email, password: "a long passphrase" }),
  };

  return {
    /** Does each thing so many times, every time as another user. */
    async do(amounts: Amounts): Promise<void> {
      for (const [thing, count] of Object.entries(amounts)) {
        let begun = 0;
        const worker = async () => {
          while (begun < count) {
            const member = members[begun++ % members.length] as Member;
            await things[thing as keyof Amounts](member);
          }
        };
        await Promise.all(Array.from({ length: CONCURRENCY }, worker));
      }
    },
    /** Closes all connections, and gives the other side a moment to hear of it. */
    async rest(ms = 1_000): Promise<void> {
      agent.destroy();
      await sleep(ms);
    },
  };
}

function send(agent: Agent, url: string, headers: Record<string, string>, body?: object) {
  const json = body === undefined ? {} : { "content-type": "application/json" };
  const method = body === undefined ? "GET" : "POST";
  return new Promise<{ status: number; bytes: number }>((resolve, reject) => {
    const asked = request(url, { agent, method, headers: { ...headers, ...json } }, (answer) => {
      let bytes = 0;
      answer.on("data", (piece: Buffer) => {
        bytes += piece.length;
      });
      answer.on("end", () => resolve({ status: answer.statusCode ?? 0, bytes }));
      answer.on("error", reject);
    });
    asked.on("error", reject).end(body && JSON.stringify(body));
  });
}
