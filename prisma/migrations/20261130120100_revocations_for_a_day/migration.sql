-- AlterTable
ALTER TABLE "revoked_session" ALTER COLUMN "expiresAt" SET DEFAULT (clock_timestamp() + '24:00:00'::interval);

-- CreateIndex
CREATE INDEX "revoked_session_revokedAt_idx" ON "revoked_session"("revokedAt");

-- By hand: a host whose clock is set back takes tokens that have expired. Those of sessions that ended are
-- refused all the same for as long as their rows are kept.
UPDATE "revoked_session" SET "expiresAt" = "revokedAt" + interval '24 hours';
