import type pg from "pg";
import { ServerAddressError } from "./server-address-error.ts";
import { type Tls, tlsOf } from "./server-tls.ts";

/** Which servers of several will do, as libpq's `target_session_attrs` names them. */
export const sessionAttributes = [
  ...["any", "read-write", "read-only", "primary", "standby", "prefer-standby"],
] as const;
export type SessionAttributes = (typeof sessionAttributes)[number];

/** One way to a server. Without a host or a port, pg's own defaults and PGHOST, PGPORT are meant. */
export interface Candidate {
  host?: string | undefined;
  port?: number | undefined;
  ssl?: Tls;
}

export interface ServerAddress {
  /** In the order in which they are tried. There is at least one. */
  candidates: readonly Candidate[];
  sessionAttributes: SessionAttributes;
  /** What is the same for all of them. */
  settings: pg.ClientConfig;
}

type Parameters = Record<string, string>;

/** Settings that pg takes by the names that libpq has for them, or that it has itself. */
const passedOn = [
  ...["options", "application_name", "fallback_application_name", "client_encoding"],
  ...["sslnegotiation", "statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout"],
];

/**
 * Reads an address as libpq does, a URI or keywords and values (its documentation, "Connection Strings"):
 * pg itself takes one host only, and leaves parts of a database's name encoded. Throws
 * `ServerAddressError`.
 */
export function readServerAddress(text: string): ServerAddress {
  const parameters = /^postgres(ql)?:\/\//i.test(text) ? parametersOf(text) : keywordsOf(text);
  if (parameters.service) {
    throw new ServerAddressError("it names a service, and service files are not read");
  }
  const { user, password, dbname, channel_binding, target_session_attrs = "any" } = parameters;
  if (!isOneOf(sessionAttributes, target_session_attrs)) {
    const known = sessionAttributes.join(", ");
    throw new ServerAddressError(`target_session_attrs must be one of ${known}`);
  }
  const tls = tlsOf(parameters);
  const settings = {
    ...Object.fromEntries(passedOn.map((name) => [name, parameters[name]])),
    ...{ user: user || undefined, password: password || undefined, database: dbname || undefined },
    enableChannelBinding: channel_binding === "require" || channel_binding === "prefer",
    keepAlive: parameters.keepalives !== "0",
  };
  const candidates = hostsOf(parameters).flatMap((host) =>
    tls.map((ssl): Candidate => ({ ...host, ssl: host.host?.startsWith("/") ? false : ssl })),
  );
  return { candidates, sessionAttributes: target_session_attrs, settings };
}

const isOneOf = <T extends string>(known: readonly T[], text: string): text is T =>
  known.includes(text as T);

/** USER:PASSWORD@HOST:PORT,HOST:PORT/DATABASE?NAME=VALUE&…, each part percent-encoded or not there. */
function parametersOf(uri: string): Parameters {
  const [, authority = "", path = "", query = ""] =
    /^\w+:\/\/([^/?]*)\/?([^?]*)\??(.*)$/s.exec(uri) ?? [];
  const at = authority.lastIndexOf("@");
  const [, user = "", password = ""] =
    /^([^:]*):?(.*)$/s.exec(authority.slice(0, Math.max(0, at))) ?? [];
  const hosts: string[] = [];
  const ports: string[] = [];
  for (const place of authority.slice(at + 1).split(",")) {
    const [, v6, name = "", port = ""] = /^(?:\[([^\]]*)\]|([^:]*)):?([^:]*)$/.exec(place) ?? [];
    if (v6 === undefined && name === "" && place !== "" && !place.startsWith(":")) {
      throw new ServerAddressError("a host or its port is malformed");
    }
    hosts.push(decoded(v6 ?? name));
    ports.push(decoded(port));
  }
  const parameters: Parameters = {
    ...{ user: decoded(user), password: decoded(password), dbname: decoded(path) },
    ...{ host: hosts.join(","), port: ports.join(",") },
  };
  for (const pair of query.split("&").filter(Boolean)) {
    const [, name = "", value = ""] = /^([^=]*)=?(.*)$/s.exec(pair) ?? [];
    const key = decoded(name);
    // Who names the host here may leave it out before, and its port with it.
    if (key === "host" && !("port" in parameters)) parameters.port = "";
    parameters[key] = decoded(value);
  }
  return parameters;
}

/** A lone percent sign is taken for itself. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** `host=a,b dbname='my db'`. */
function keywordsOf(text: string): Parameters {
  const pair = /\s*(\w+)\s*=\s*(?:'((?:[^'\\]|\\.)*)'|((?:[^\s'\\]|\\.)*))\s*/gsy;
  const parameters: Parameters = {};
  let end = 0;
  for (const [all, name = "", quoted, plain = ""] of text.matchAll(pair)) {
    parameters[name] = (quoted ?? plain).replace(/\\(.)/gs, "$1");
    end += all.length;
  }
  if (end === 0 || end < text.length)
    throw new ServerAddressError("it is in no form that is known");
  return parameters;
}

/** A host that has an address besides is not looked up. One port is all hosts'. */
function hostsOf({ host = "", hostaddr = "", port = "" }: Parameters): Candidate[] {
  const hosts = (hostaddr || host).split(",");
  const ports = port.split(",");
  if (ports.length !== 1 && ports.length !== hosts.length) {
    throw new ServerAddressError(`it has ${hosts.length} hosts and ${ports.length} ports`);
  }
  return hosts.map((name, at) => {
    if (/\s/.test(name)) throw new ServerAddressError("a host has a blank in its name");
    const text = (ports.length === 1 ? ports[0] : ports[at]) ?? "";
    if (text !== "" && !(/^\d{1,5}$/.test(text) && Number(text) >= 1 && Number(text) <= 65_535)) {
      throw new ServerAddressError("a port is no number from 1 to 65535");
    }
    return { host: name || undefined, port: text ? Number(text) : undefined };
  });
}
