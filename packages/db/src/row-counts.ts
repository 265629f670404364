import pg from "pg";
import { connectTo } from "./migration-lock.ts";

/** How many rows each table of a database has, all of them counted, as the owner of the tables. */
export const rowCounts = (url: string): Promise<Map<string, number>> =>
  connectTo(url, async (client) => {
    const { rows } = await client.query<{ name: string }>(
      `SELECT relname AS "name" FROM pg_class
       WHERE relkind IN ('r', 'p') AND relnamespace = quote_ident(current_schema())::regnamespace`,
    );
    const counts = new Map<string, number>();
    for (const { name } of rows) {
      const table = pg.escapeIdentifier(name);
      const counted = await client.query<{ n: string }>(`SELECT count(*) AS "n" FROM ${table}`);
      counts.set(name, Number(counted.rows[0]?.n));
    }
    return counts;
  });
