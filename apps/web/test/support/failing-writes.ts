import { createDb } from "@taskbridge/db";
import { bareClient } from "@taskbridge/db/bare-client";

/** From here on every write to these tables fails, with an error that quotes the whole row. */
export async function failWrites(databaseUrl: string): Promise<void> {
  const db = createDb(databaseUrl);
  const client = bareClient(db);
  await client.$executeRawUnsafe(`
    CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN RAISE EXCEPTION 'the row "%" is refused', NEW; END $$`);
  for (const table of ["user", "session", "account", "task"]) {
    await client.$executeRawUnsafe(`
      CREATE TRIGGER refuse BEFORE INSERT OR UPDATE ON "${table}"
      FOR EACH ROW EXECUTE FUNCTION refuse()`);
  }
  await db.close();
}
