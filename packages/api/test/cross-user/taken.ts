import { Prisma } from "@taskbridge/db";
import { siteOf } from "./sites.ts";

/** The module that has both walls, of which a test file puts this in the place: `vi.mock` has to stand there. */
export interface Owner {
  ownerIs: (userId: string) => Prisma.Sql;
  actAs: (userId: string, ...narrowing: unknown[]) => Prisma.Sql;
}

interface Taken {
  /** The owner's conditions: none, all, or those in these places of the source text. */
  conditions: "none" | "all" | ReadonlySet<string>;
  /** Of the second wall: nothing, the role alone, or all of it. */
  policies: "none" | "role" | "all";
}

/** What is taken away just now. Nothing in the product can do so. */
export const taken: Taken = { conditions: "none", policies: "none" };
/** Which places of the source text have asked for an owner's condition. */
export const asked = new Set<string>();

export function ownerIs(real: Owner, userId: string): Prisma.Sql {
  const { conditions } = taken;
  if (conditions === "none") return real.ownerIs(userId);
  if (conditions === "all") return Prisma.sql`TRUE`;
  const site = siteOf(new Error().stack ?? "");
  asked.add(site);
  return conditions.has(site) ? Prisma.sql`TRUE` : real.ownerIs(userId);
}

export function actAs(real: Owner, ...as: Parameters<Owner["actAs"]>): Prisma.Sql {
  if (taken.policies === "none") return real.actAs(...as);
  if (taken.policies === "all") return Prisma.sql`SELECT 1`;
  return Prisma.sql`SELECT set_config('taskbridge.user_id', ${as[0]}, true)`;
}
