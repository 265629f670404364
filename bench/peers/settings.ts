/** What a peer is started with: the same database, the access tokens' derived key, and what they must say. */
export function peerSettings() {
  const { DATABASE_URL = "", PORT, BRIDGE_KEY = "", ISSUER = "", AUDIENCE = "" } = process.env;
  return {
    databaseUrl: DATABASE_URL,
    port: Number(PORT),
    key: Buffer.from(BRIDGE_KEY, "base64url"),
    issuer: ISSUER,
    audience: AUDIENCE,
  };
}
