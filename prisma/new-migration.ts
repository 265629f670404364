import { relative } from "node:path";
import { UsageError, writeMigration } from "../packages/db/src/migrations.ts";

const words = process.argv.slice(2);
const empty = words.includes("--empty");
const names = words.filter((word) => word !== "--empty");

try {
  const file = await writeMigration({ name: names.join(" "), empty });
  console.log(
    file
      ? `Wrote ${relative(process.cwd(), file)}: read it, then commit it with schema.prisma.`
      : "The migrations already make what schema.prisma says: nothing written.",
  );
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
