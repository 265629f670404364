import type { TestDatabase } from "@taskbridge/db/testing";
import type { Api } from "../../src/index.ts";
import { cases } from "./cases.ts";
import { type Chance, createChance } from "./chance.ts";
import { countCompleted, findsOwn } from "./honest.ts";
import { leakIn, ownersOf, readAnswer, sameAnswer } from "./judge.ts";
import { absentTwin, createPerson, type Person, takeStock } from "./people.ts";
import { type Try, tryAt } from "./ways.ts";

/** Where it takes place. */
export interface Ground {
  api: Api;
  database: TestDatabase;
  issue: (subject: { userId: string; sessionId: string }) => Promise<string>;
}

export interface Plan {
  seed: number;
  /** How many requests at another's things, at least, all groups of users together. */
  requests: number;
  /** How many users each group has. */
  groups: readonly number[];
  /** Which rows of `cases` are asked; all of them where nothing is said. */
  rows?: readonly string[];
  /** After how many requests it is seen to that nothing of anybody else's has changed. */
  turn?: number;
  /** Whether answers count too, and not only what was changed. */
  answers?: boolean;
  /** Whether everybody also looks, turn by turn, whether they get all that is their own. */
  own?: boolean;
}

export interface Outcome {
  requests: number;
  /** What came out that should not have. */
  found: string[];
  /** Which rows were answered by which statuses. */
  statuses: Map<string, Set<number>>;
}

/** More than are looked through before an index is asked: see `packages/tasks/src/sought.ts`. */
const MANY = 1_050;

/** Lets everybody in groups of users try to get at the others' things. */
export async function crossUsers(ground: Ground, plan: Plan): Promise<Outcome> {
  const outcome: Outcome = { requests: 0, found: [], statuses: new Map() };
  const each = Math.ceil(plan.requests / plan.groups.length);
  await Promise.all(
    plan.groups.map((size, at) => group(ground, plan, { size, at, outcome, requests: each })),
  );
  return outcome;
}

interface Group {
  size: number;
  at: number;
  requests: number;
  outcome: Outcome;
}

async function group(ground: Ground, plan: Plan, { size, at, requests, outcome }: Group) {
  const chance = createChance(plan.seed * 1_000 + at);
  const people: Person[] = [];
  for (let made = 0; made < size; made++) {
    people.push(await createPerson(ground, made + at === 0 && !plan.rows ? MANY : 6));
  }
  let stock = await takeStock(ground.database, people);
  const { turn = 40, rows = Object.keys(cases), answers = true, own = true } = plan;
  const stop = () => outcome.found.length > 0;

  for (let asked = 0, turns = 0; asked < requests && !stop(); turns++) {
    const me = people[turns % size] as Person;
    const others = people.filter((person) => person !== me);
    const game = new Game(ground, { chance, me, others, people, answers });
    const tried: string[] = [];
    const tell = (found: string | undefined) => {
      if (found) outcome.found.push(found);
    };
    if (own) tell(await findsOwn(ground, me));
    for (let n = 0; n < turn && !stop(); n++, asked++, outcome.requests++) {
      const one = tryAt(chance.of(rows), { me, chance, rows });
      tried.push(`${one.rows.join(" + ")}, ${one.name}`);
      tell(await game.play(one, outcome));
    }
    const after = await takeStock(ground.database, people);
    for (const { id } of others) {
      if (after.get(id) !== stock.get(id)) tell(`Another's was changed by ${tried.join("; ")}.`);
    }
    stock = after;
  }
}

interface Players {
  chance: Chance;
  me: Person;
  others: Person[];
  people: Person[];
  answers: boolean;
}

/** One user against the others, until it is the next one's turn. */
class Game {
  readonly #ground: Ground;
  readonly #players: Players;
  readonly #owners: Map<string, Person>;

  constructor(ground: Ground, players: Players) {
    this.#ground = ground;
    this.#players = players;
    this.#owners = ownersOf(players.people);
  }

  /** Returns what is wrong with the answer. */
  async play(one: Try, { statuses }: Outcome): Promise<string | undefined> {
    const { chance, me, others, answers } = this.#players;
    const them = chance.of(others);
    const clearing = one.rows[0] === "POST /tasks/clear-completed" && one.expected?.includes(200);
    const completed = clearing ? await countCompleted(this.#ground, me) : 0;
    const answer = await this.#send(one, them);
    const known = statuses.get(one.rows[0] ?? "") ?? new Set();
    statuses.set(one.rows[0] ?? "", known.add(answer.status));
    if (!answers) return undefined;

    const told = `${one.rows[0]}, ${one.name}: ${answer.status} ${answer.body.slice(0, 300)}`;
    const leak = leakIn(answer, me, this.#owners);
    if (leak) return `${leak} is another's. ${told}`;
    if (one.expected && !one.expected.includes(answer.status)) {
      return `It should be ${one.expected.join()}. ${told}`;
    }
    if (clearing && !answer.body.includes(`"count":${completed}`)) return `Miscounted. ${told}`;
    const changes = one.own === "added" && answer.status < 400;
    if (one.needsThem || changes) return undefined;
    const nobody = absentTwin(them);
    // What it does to one's own is done once more, so that both are asked of the same.
    const foreign = one.own === "settled" ? await this.#send(one, them) : answer;
    const absent = await this.#send(one, nobody);
    if (sameAnswer(foreign, absent, them, nobody)) return undefined;
    return `${told} is not as nobody's: ${absent.status} ${absent.body.slice(0, 300)}`;
  }

  #send = async ({ ask }: Try, them: Person) => readAnswer(await this.#ground.api.fetch(ask(them)));
}
