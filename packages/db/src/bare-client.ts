/** What only Better Auth's package may have: see `biome.json`. */
export { bareClient } from "./client.ts";
export type { PrismaClient } from "./generated/client.ts";
