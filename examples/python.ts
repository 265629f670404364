import { spawnSync } from "node:child_process";

// Debian's packages go with Debian's Python, whichever other one comes first on the path.
const found = ["/usr/bin/python3", "python3"].find(
  (command) =>
    spawnSync(command, ["-c", "import fastapi, uvicorn, jwt, cryptography"]).status === 0,
);

/** A Python that can run examples/fastapi; undefined, said once, where there is none. */
export function findPython(): string | undefined {
  if (found) return found;
  const missing =
    "Left out for want of FastAPI: apt-get install python3-fastapi python3-uvicorn python3-jwt python3-cryptography";
  if (process.env.CI === "true") throw new Error(missing);
  process.stdout.write(`${missing}\n`);
  return undefined;
}
