import type { PrismaClient } from "@taskbridge/db/bare-client";
import type { JwtOptions } from "better-auth/plugins/jwt";

/** How key pairs follow each other, in seconds. */
export interface KeyRotation {
  /** How long a key pair signs. */
  interval: number;
  /** How long after that its public key is still published: longer than a token lives. */
  grace: number;
}

type CreateJwk = NonNullable<NonNullable<JwtOptions["adapter"]>["createJwk"]>;
type Jwk = Awaited<ReturnType<CreateJwk>>;

/** A key pair that was made a moment ago does for all who found at that time that one was missing. */
const JUST_MADE_MS = 10_000;

/**
 * The key pairs in the table `jwks`. Better Auth itself would read any hundred of them, and add one
 * for each of the requests that find none.
 */
export function createKeyPairs(
  db: Pick<PrismaClient, "jwks">,
  { grace }: Pick<KeyRotation, "grace">,
) {
  let made: { key: Promise<Jwk>; at: number } | undefined;

  /** Those that had not expired at a time, the newest first. */
  const validAt = (time: number) =>
    db.jwks.findMany({
      where: { OR: [{ expiresAt: null }, { expiresAt: { gt: new Date(time) } }] },
      orderBy: [{ createdAt: "desc" }, { id: "desc" }],
      take: 100,
    });
  const graceAgo = () => Date.now() - grace * 1000;

  async function insert(key: Parameters<CreateJwk>[0]): Promise<Jwk> {
    await db.jwks.deleteMany({ where: { expiresAt: { lte: new Date(graceAgo()) } } });
    const row = await db.jwks.create({ data: { ...key, id: crypto.randomUUID() } });
    return row as Jwk;
  }

  return {
    signing: () => validAt(Date.now()),
    published: async () => (await validAt(graceAgo())) as Jwk[],

    add: (key: Parameters<CreateJwk>[0]): Promise<Jwk> => {
      const now = Date.now();
      if (made && now - made.at < JUST_MADE_MS) return made.key;
      const added = { key: insert(key), at: now };
      made = added;
      added.key.catch(() => {
        if (made === added) made = undefined;
      });
      return added.key;
    },
  };
}
