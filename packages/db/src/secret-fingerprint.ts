import { bareClient, type Db } from "./client.ts";

/**
 * Whether there are accounts, and none of these is the fingerprint of the secret that they signed in with:
 * their cookies and tokens are then worthless. `unknown` is what to say where none has been kept yet.
 */
export async function isSecretAnother(
  db: Db,
  accepted: readonly string[],
  { unknown = false } = {},
): Promise<boolean> {
  const client = bareClient(db);
  const kept = await client.secretFingerprint.findUnique({ where: { id: 1 } });
  if (kept ? accepted.includes(kept.fingerprint) : !unknown) return false;
  return (await client.user.findFirst({ select: { id: true } })) !== null;
}

/** Keeps the fingerprint of the secret that is current from now on. */
export async function keepSecretFingerprint(db: Db, fingerprint: string): Promise<void> {
  await bareClient(db).secretFingerprint.upsert({
    where: { id: 1 },
    create: { id: 1, fingerprint },
    update: { fingerprint },
  });
}
