import { randomUUID } from "node:crypto";
import { bareClient, type Db } from "../client.ts";
import type { VerifiedUserId } from "../scope.ts";

export interface CreatedUser {
  readonly id: VerifiedUserId;
  readonly name: string;
  readonly email: string;
}

/** Inserts a user without a password. The id counts as verified: a test is its own bridge. */
export async function createUser(db: Db, { name = "ada" } = {}): Promise<CreatedUser> {
  const id = randomUUID() as string as VerifiedUserId;
  const email = `${name}-${id}@example.com`;
  await bareClient(db).user.create({ data: { id, name, email } });
  return { id, name, email };
}
