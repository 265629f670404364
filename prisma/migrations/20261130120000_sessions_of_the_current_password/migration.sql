-- AlterTable
ALTER TABLE "session" ADD COLUMN     "passwordFingerprint" TEXT;

-- By hand from here on: Prisma's schema cannot say triggers.

-- As packages/auth/src/proven-password.ts makes it. The column has a hash itself, with its salt.
CREATE FUNCTION "password_fingerprint"(hash text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN encode(sha256(convert_to(hash, 'UTF8')), 'hex');

-- A sign-in reads the password, verifies it, and makes the session a while later. Here the database makes
-- sure that it is the password still, and holds it until the session is committed: a change that comes
-- meanwhile waits, and then finds the session.
CREATE FUNCTION "check_session_password"() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
  password text;
BEGIN
  -- The user first, as a deletion takes them: otherwise the two could wait for each other.
  PERFORM FROM "user" WHERE "id" = NEW."userId" FOR KEY SHARE;
  SELECT a."password" INTO password FROM "account" a
  WHERE a."userId" = NEW."userId" AND a."providerId" = 'credential' FOR SHARE;
  -- Null from whom says nothing: a restore, somebody at psql, a process of an earlier version beside us.
  IF "password_fingerprint"(password) <> NEW."passwordFingerprint" THEN
    RAISE EXCEPTION 'the session was made with a password that is not the current one'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'session_of_current_password';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER "session_of_current_password" BEFORE INSERT ON "session"
  FOR EACH ROW EXECUTE FUNCTION "check_session_password"();

CREATE FUNCTION "end_sessions_of_old_password"() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  DELETE FROM "session" WHERE "userId" = NEW."userId";
  RETURN NULL;
END $$;

CREATE TRIGGER "password_changed" AFTER UPDATE OF "password" ON "account"
  FOR EACH ROW WHEN (OLD."password" IS DISTINCT FROM NEW."password")
  EXECUTE FUNCTION "end_sessions_of_old_password"();

-- A change of the password takes the account and then the sessions; so must a deletion of the user, which
-- by itself would begin with the sessions.
CREATE FUNCTION "take_accounts_first"() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  PERFORM FROM "account" WHERE "userId" = OLD."id" FOR UPDATE;
  RETURN OLD;
END $$;

CREATE TRIGGER "user_deleted_in_order" BEFORE DELETE ON "user"
  FOR EACH ROW EXECUTE FUNCTION "take_accounts_first"();
