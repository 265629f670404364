import { describe, expect, test } from "vitest";
import { readServerAddress } from "../src/server-address.ts";
import { ServerAddressError } from "../src/server-address-error.ts";

/** What was read, as `user:password@host:port,…/database`. */
function told(text: string): string {
  const { candidates, settings } = readServerAddress(text);
  const { user = "", password = "", database = "" } = settings;
  const hosts = candidates.map(({ host = "", port = "" }) => `${host}|${port}`);
  return [user, password, hosts.join(","), database].join(" / ");
}

describe("an address is read as libpq reads it:", () => {
  test.each([
    ["postgresql://", " /  / | / "],
    ["postgresql://localhost", " /  / localhost| / "],
    ["postgres://ada@localhost:5433/mydb", "ada /  / localhost|5433 / mydb"],
    ["postgresql://ada:pa%3Ass@localhost/mydb", "ada / pa:ss / localhost| / mydb"],
    ["postgresql://ada:p@ss%@localhost/mydb", "ada / p@ss% / localhost| / mydb"],
    ["postgresql://a:123,b:456/app?target_session_attrs=any", " /  / a|123,b|456 / app"],
    ["postgresql://a,b:5433/app", " /  / a|,b|5433 / app"],
    ["postgresql:///app?host=a,b&port=5433", " /  / a|5433,b|5433 / app"],
    ["postgresql:///app?host=a,b&port=1,2&user=u&password=p%26", "u / p& / a|1,b|2 / app"],
    ["postgresql://ada@[2001:db8::1]:5433,[::1]/app", "ada /  / 2001:db8::1|5433,::1| / app"],
    ["postgresql://%2Fvar%2Frun/app", " /  / /var/run| / app"],
    ["postgresql://ada@/app?host=/var/run%2Fpg&port=5433", "ada /  / /var/run/pg|5433 / app"],
    ["postgresql://ada@localhost/app?host=/run/pg", "ada /  / /run/pg| / app"],
    ["postgresql://h/My.Task%20DB", " /  / h| / My.Task DB"],
    ["postgresql://h/My.Task DB", " /  / h| / My.Task DB"],
    ["postgresql://h/a%2Fb%3Fc%23d%22%27%25", " /  / h| / a/b?c#d\"'%"],
    ["postgresql://h/%C3%BCbung?application_name=a+b", " /  / h| / übung"],
    ["postgresql://h/x?dbname=other", " /  / h| / other"],
    ["postgresql://h/x?hostaddr=127.0.0.1", " /  / 127.0.0.1| / x"],
    ["host=a,b port=5433 dbname='My ''", null],
    ["host=a,b port=5433 dbname='My \\' DB' user = u", "u /  / a|5433,b|5433 / My ' DB"],
  ])("%s", (text, expected) => {
    if (expected === null) expect(() => told(text)).toThrow(ServerAddressError);
    else expect(told(text)).toBe(expected);
  });

  test.each([
    ["disable", [false]],
    ["allow", [false, "unproved"]],
    ["prefer", ["unproved", false]],
    ["require", ["unproved"]],
    ["verify-ca", ["proved"]],
    ["verify-full", ["proved"]],
  ])("sslmode=%s", (mode, expected) => {
    const { candidates } = readServerAddress(`postgresql://h/x?sslmode=${mode}`);
    const kinds = candidates.map(({ ssl }) => {
      if (typeof ssl !== "object") return ssl;
      return ssl.rejectUnauthorized === false ? "unproved" : "proved";
    });
    expect(kinds).toEqual(expected);
  });

  test("nothing is encrypted on a socket of the machine, nor asked for where nothing is said", () => {
    const [first] = readServerAddress("postgresql:///x?host=/run/pg&sslmode=require").candidates;
    expect(first).toMatchObject({ ssl: false });
    expect(readServerAddress("postgresql://h/x").candidates[0]?.ssl).toBeUndefined();
  });

  test.each([
    "mysql://me:hunter2@localhost/tasks",
    "hunter2",
    "postgresql://me:hunter2@localhost:port/tasks",
    "postgresql://me:hunter2@localhost:99999/tasks",
    "postgresql://me:hunter2@a,b,c/tasks?port=1,2",
    "postgresql://me:hunter2@a/tasks?target_session_attrs=best",
    "postgresql://me:hunter2@a/tasks?sslmode=best",
    "postgresql://me:hunter2@a/tasks?sslmode=verify-ca&sslrootcert=/nowhere",
    "postgresql://me:hunter2@a/tasks?service=mine",
    "postgresql://me:hunter2@[::1/tasks",
    "host=localhost password=hunter2 dbname='tasks",
  ])("%s is refused, without a word of the password", (text) => {
    const error = (() => {
      try {
        return readServerAddress(text);
      } catch (thrown) {
        return thrown;
      }
    })() as Error;
    expect(error).toBeInstanceOf(ServerAddressError);
    expect(`${error.stack} ${JSON.stringify(error)}`).not.toContain("hunter2");
  });
});
