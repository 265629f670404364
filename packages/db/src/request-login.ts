import pg from "pg";
import { sqlStateOf } from "./driver-error.ts";
import { connectTo } from "./migration-lock.ts";

/** A login cannot be made; the message says why. */
export class RequestLoginError extends Error {
  override readonly name = "RequestLoginError";
}

export interface RequestLogin {
  /** What `REQUEST_DATABASE_URL` is to be. */
  readonly url: string;
  /** Whether it was made; where it was not, an administrator is to run the statements in this database. */
  readonly made: boolean;
  readonly database: string;
  readonly statements: readonly string[];
}

/** What there is already, and the names: all of it quoted for SQL. */
const FACTS = `
  SELECT "request_role"('login') AS "name", quote_ident("request_role"('login')) AS "login",
    quote_ident(current_database()) AS "database", current_database() AS "databaseName",
    quote_ident(current_schema()) AS "schema",
    concat_ws(', ', quote_ident("request_role"('request')), quote_ident("request_role"('words')),
      quote_ident("request_role"('tag'))) AS "roles",
    EXISTS (SELECT FROM pg_roles WHERE rolname = "request_role"('login')) AS "there",
    has_schema_privilege('public', current_schema(), 'USAGE') AS "open"`;

interface Facts {
  name: string;
  login: string;
  database: string;
  databaseName: string;
  schema: string;
  roles: string;
  there: boolean;
  /** Whether anybody may use the schema, as PostgreSQL has it by itself. */
  open: boolean;
}

/**
 * Makes the login of requests for the database at `url`, or gives the one that is there a new password, as
 * whoever `asUrl` is: the owner of the tables, or an administrator. The login owns nothing, may make
 * nothing, not even temporary tables, and can do no more than become one of the roles of requests.
 */
export async function makeRequestLogin(
  url: string,
  password: string,
  asUrl = url,
): Promise<RequestLogin> {
  const facts = await connectTo(url, (client) => client.query<Facts>(FACTS)).catch((error) => {
    if (sqlStateOf(error) !== "42883") throw error;
    throw new RequestLoginError("The database has no tables yet: start the app on it once first.");
  });
  const [known] = facts.rows;
  if (!known) throw new RequestLoginError("The database says nothing of itself.");
  const statements = statementsFor(known, password);
  return {
    url: withLogin(url, known.name, password),
    made: await runAll(asUrl, statements),
    database: known.databaseName,
    statements,
  };
}

function statementsFor(facts: Facts, password: string): string[] {
  const { login, database, schema, roles, there, open } = facts;
  return [
    `${there ? "ALTER" : "CREATE"} ROLE ${login} LOGIN NOINHERIT PASSWORD ${pg.escapeLiteral(password)}`,
    // A login may change its own password and settings, and so may SQL in a request's place.
    `ALTER ROLE ${login} RESET ALL`,
    `ALTER ROLE ${login} IN DATABASE ${database} RESET ALL`,
    `GRANT ${roles} TO ${login}`,
    `GRANT CONNECT ON DATABASE ${database} TO ${login}`,
    ...(open ? [] : [`GRANT USAGE ON SCHEMA ${schema} TO ${login}`]),
    // It says a name and no more. A right of the login's own would be in dumps, and want the login where they
    // are restored.
    `GRANT EXECUTE ON FUNCTION ${schema}."request_role"(text) TO PUBLIC`,
    `REVOKE TEMPORARY ON DATABASE ${database} FROM PUBLIC`,
    `REVOKE CREATE ON SCHEMA ${schema} FROM PUBLIC`,
  ];
}

/** All or none; says whether it was allowed to. */
const runAll = (url: string, statements: readonly string[]): Promise<boolean> =>
  connectTo(url, async (client) => {
    try {
      await client.query(`BEGIN; ${statements.join("; ")}; COMMIT`);
      return true;
    } catch (error) {
      if (sqlStateOf(error) === "42501") return false;
      throw error;
    }
  });

const withLogin = (url: string, name: string, password: string) =>
  url.replace(
    /^(postgres(?:ql)?:\/\/)(?:[^@/?]*@)?/i,
    `$1${encodeURIComponent(name)}:${encodeURIComponent(password)}@`,
  );
