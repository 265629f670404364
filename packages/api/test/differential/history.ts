import type { Operation } from "./generators.ts";
import type { Member } from "./values.ts";

export type Name = Operation["by"];
export type Door = "rest" | "trpc";
export const doors = ["rest", "trpc"] as const;
type Twins<T> = Record<Door, T>;

/** A page with more behind it. */
interface Page {
  by: Name;
  route: string;
  query: Member[];
  cursor: Twins<string>;
}

const uuid = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}";
const instant = String.raw`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z`;
const cursor = String.raw`(?<![\w-])[\w-]{20,}\.[\w-]{22}(?![\w-])`;
const madeByServer = new RegExp(`${uuid}|${instant}|${cursor}`, "gi");
const absent = "01890000-0000-7000-8000-00000000ffff";

/**
 * What a user of one door has done, and their twin at the other one: each task, time and cursor has
 * two names, one at each door. Told apart by text: a name in one answer must always stand where its
 * twin stands in the other.
 */
export class History {
  readonly #twinOf: Twins<Map<string, string>> = { rest: new Map(), trpc: new Map() };
  readonly #tasks: Record<Name, Twins<string>[]> = { ada: [], bob: [] };
  readonly #pages: Page[] = [];
  readonly #users: Record<Name, Twins<{ id: string }>>;

  constructor(users: Record<Name, Twins<{ id: string }>>) {
    this.#users = users;
  }

  /** Puts a door's own names in the places of `⟨own 3⟩`, `⟨other⟩`, `⟨page 1⟩`. */
  resolve(text: string, by: Name, door: Door): string {
    return text.replace(
      /⟨(own|OWN|other|page)(?: (\d+))?⟩/g,
      (_, what: string, number?: string) => {
        const other = by === "ada" ? "bob" : "ada";
        if (number === undefined) return this.#users[other][door].id;
        const at = <T>(list: T[]) => list[Number(number) % Math.max(list.length, 1)];
        if (what === "page") return at(this.#pages)?.cursor[door] ?? "none";
        const id = at(this.#tasks[what === "other" ? other : by])?.[door] ?? absent;
        return what === "OWN" ? id.toUpperCase() : id;
      },
    );
  }

  /** The operation with the query and the cursor of the page that it follows, if there is one. */
  following(operation: Operation): Operation {
    const { follow, by, route, query } = operation;
    if (follow === undefined || follow === null) return operation;
    const all = this.#pages.map((page, at) => ({ ...page, at }));
    const pages = all.filter((page) => page.by === by && page.route === route);
    const page = pages[follow % Math.max(pages.length, 1)];
    if (!page) return operation;
    const limit = query.filter(([name]) => name === "limit").slice(0, 1);
    const rest = page.query.filter(([name]) => name !== "cursor" && name !== "limit");
    return { ...operation, query: [...rest, ...limit, ["cursor", `"⟨page ${page.at}⟩"`]] };
  }

  /** Whether both texts say the same, each in its door's names; new names become twins. */
  same({ rest, trpc }: Twins<string>): boolean {
    const names = { rest: rest.match(madeByServer) ?? [], trpc: trpc.match(madeByServer) ?? [] };
    if (rest.split(madeByServer).join("⟨⟩") !== trpc.split(madeByServer).join("⟨⟩")) return false;
    return names.rest.every((name, at) => this.#twins(name, names.trpc[at] ?? ""));
  }

  #twins(rest: string, trpc: string): boolean {
    const there = this.#twinOf.rest.get(rest);
    const back = this.#twinOf.trpc.get(trpc);
    if (there === undefined && back === undefined) {
      this.#twinOf.rest.set(rest, trpc);
      this.#twinOf.trpc.set(trpc, rest);
      return true;
    }
    return there === trpc && back === rest;
  }

  /** Keeps the tasks and the page of answers that are the same. */
  remember({ by, route, query }: Operation, { rest, trpc }: Twins<string>): void {
    const ids = (text: string) =>
      [...text.matchAll(new RegExp(`"id":"(${uuid})"`, "g"))].map(([, id = ""]) => id);
    const theirs = ids(trpc);
    const known = new Set(this.#tasks[by].map((task) => task.rest));
    for (const [at, id] of ids(rest).entries()) {
      if (!known.has(id)) this.#tasks[by].push({ rest: id, trpc: theirs[at] ?? "" });
      known.add(id);
    }
    const next = (text: string) => /"nextCursor":"([^"]+)"/.exec(text)?.[1];
    const [here, there] = [next(rest), next(trpc)];
    if (here && there) this.#pages.push({ by, route, query, cursor: { rest: here, trpc: there } });
  }
}
