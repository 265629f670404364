import { readFileSync } from "node:fs";
import type { ConnectionOptions } from "node:tls";
import { ServerAddressError } from "./server-address-error.ts";

/** pg's `ssl`; undefined where nothing was said. */
export type Tls = boolean | ConnectionOptions | undefined;

/**
 * How a connection may be encrypted, in the order in which it is tried: what libpq means by `sslmode`. Only
 * `verify-ca` and `verify-full` prove who the server is. Where the address is silent, PGSSLMODE says.
 */
export function tlsOf({ sslmode, ssl, sslrootcert, ...files }: Record<string, string>): Tls[] {
  const own: ConnectionOptions = {
    ...(files.sslcert ? { cert: fileOf("sslcert", files.sslcert) } : {}),
    ...(files.sslkey ? { key: fileOf("sslkey", files.sslkey) } : {}),
    ...(files.sslpassword ? { passphrase: files.sslpassword } : {}),
    ...(sslrootcert && sslrootcert !== "system" ? { ca: fileOf("sslrootcert", sslrootcert) } : {}),
  };
  const unproved = { ...own, rejectUnauthorized: false };
  const ofAuthority = { ...own, checkServerIdentity: () => undefined };
  switch (sslmode ?? (sslrootcert === "system" ? "verify-full" : undefined)) {
    case "disable":
      return [false];
    case "allow":
      return [false, unproved];
    case "prefer":
      return [unproved, false];
    case "require":
      return [own.ca ? ofAuthority : unproved];
    case "verify-ca":
      return [own.ca ? ofAuthority : own];
    case "verify-full":
      return [own];
    case "no-verify":
      return [unproved];
    case undefined:
      // pg's own parameter, which proves the server.
      if (ssl === "no-verify") return [unproved];
      if (ssl === "true" || ssl === "1") return [own];
      if (ssl === "false" || ssl === "0") return [false];
      return [Object.keys(own).length > 0 ? own : undefined];
  }
  throw new ServerAddressError(
    "sslmode must be one of disable, allow, prefer, require, verify-ca, verify-full",
  );
}

function fileOf(name: string, path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    throw new ServerAddressError(`the file of ${name} cannot be read`);
  }
}
