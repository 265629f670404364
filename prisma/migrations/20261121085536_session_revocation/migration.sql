-- CreateTable
CREATE TABLE "revoked_session" (
    "sessionId" TEXT NOT NULL,
    "revokedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),
    "expiresAt" TIMESTAMPTZ(3) NOT NULL DEFAULT (clock_timestamp() + '00:16:00'::interval),
    "transactionId" BIGINT NOT NULL DEFAULT ((pg_current_xact_id())::text)::bigint,

    CONSTRAINT "revoked_session_pkey" PRIMARY KEY ("sessionId")
);

-- CreateIndex
CREATE INDEX "revoked_session_expiresAt_idx" ON "revoked_session"("expiresAt");

-- CreateIndex
CREATE INDEX "revoked_session_transactionId_idx" ON "revoked_session"("transactionId");

-- By hand from here on: Prisma's schema cannot say triggers.
--
-- "expiresAt" is 15 minutes, the life of an access token (ACCESS_TOKEN_LIFETIME_SECONDS), and one
-- minute for clocks that differ and for a token that was being signed meanwhile.

-- Whatever ends a session, Better Auth or somebody at psql, passes through here. As its owner: who may
-- end a session need not be able to write to this table otherwise.
CREATE FUNCTION "revoke_session"() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
  INSERT INTO "revoked_session" ("sessionId") VALUES (OLD."id")
  -- A session ended twice (expired by hand, then deleted) counts from the later time, and is news.
  ON CONFLICT ("sessionId") DO UPDATE SET
    "revokedAt" = EXCLUDED."revokedAt",
    "expiresAt" = EXCLUDED."expiresAt",
    "transactionId" = EXCLUDED."transactionId";
  RETURN NULL;
END $$;

-- Deferred to the commit: until then others still see the session and get tokens of it, so that the
-- time the row is kept must not begin any earlier, however long the transaction is open.
-- Sessions that go with their user by ON DELETE CASCADE fire it as well.
CREATE CONSTRAINT TRIGGER "session_deleted" AFTER DELETE ON "session"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION "revoke_session"();

-- Ended without being deleted, or known by another id from now on.
CREATE CONSTRAINT TRIGGER "session_ended" AFTER UPDATE OF "id", "expiresAt" ON "session"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN (OLD."id" IS DISTINCT FROM NEW."id" OR NEW."expiresAt" <= clock_timestamp())
  EXECUTE FUNCTION "revoke_session"();

-- TRUNCATE fires no row triggers, neither here nor when it cascades from "user". It locks out all
-- readers until its commit, so there is nothing to defer.
CREATE FUNCTION "revoke_all_sessions"() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
  INSERT INTO "revoked_session" ("sessionId") SELECT "id" FROM "session"
  ON CONFLICT ("sessionId") DO UPDATE SET
    "revokedAt" = EXCLUDED."revokedAt",
    "expiresAt" = EXCLUDED."expiresAt",
    "transactionId" = EXCLUDED."transactionId";
  RETURN NULL;
END $$;

CREATE TRIGGER "session_truncated" BEFORE TRUNCATE ON "session"
  FOR EACH STATEMENT EXECUTE FUNCTION "revoke_all_sessions"();
