import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { freePort } from "./start-app.ts";

interface Ways {
  /** The port to listen on, and that of the app. */
  port: number;
  app: number;
  dir: string;
}

interface Proxy {
  config: (ways: Ways) => string;
  /** Stays in the foreground. */
  args: (file: string, dir: string) => string[];
}

const modules = [
  ...["mpm_event", "authz_core", "proxy", "proxy_http", "filter", "deflate", "brotli", "headers"],
].map((name) => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`);

/** Each with compression as its manual has it, by its program's name. */
export const proxies: Record<string, Proxy> = {
  nginx: {
    config: ({ port, app, dir }) => `daemon off;
pid ${dir}/pid;
error_log /dev/null;
events {}
http {
  access_log off;
  ${["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((name) => `${name}_temp_path ${dir}/${name};`).join("\n  ")}
  gzip on;
  gzip_proxied any;
  gzip_types application/json;
  gzip_min_length 1;
  client_max_body_size 0;
  server {
    listen 127.0.0.1:${port};
    location / { proxy_pass http://127.0.0.1:${app}; proxy_set_header Host $http_host; }
  }
}
`,
    args: (file, dir) => ["-e", "/dev/null", "-p", dir, "-c", file],
  },
  apache2: {
    config: ({ port, app, dir }) => `ServerName localhost
ServerRoot ${dir}
PidFile ${dir}/pid
DefaultRuntimeDir ${dir}
ErrorLog /dev/null
Listen 127.0.0.1:${port}
${modules.join("\n")}
SetOutputFilter BROTLI_COMPRESS;DEFLATE
ProxyPreserveHost On
ProxyPass / http://127.0.0.1:${app}/
`,
    args: (file) => ["-D", "FOREGROUND", "-f", file],
  },
  caddy: {
    config: ({ port, app }) => `{
  admin off
  auto_https off
}
http://127.0.0.1:${port} {
  encode {
    gzip
    zstd
    minimum_length 1
    match header Content-Type application/json*
  }
  reverse_proxy 127.0.0.1:${app}
}
`,
    args: (file) => ["run", "--adapter", "caddyfile", "--config", file],
  },
  haproxy: {
    config: ({ port, app }) => `defaults
  mode http
  timeout connect 5s
  timeout client 60s
  timeout server 60s
  compression algo gzip deflate
  compression type application/json
listen app
  bind 127.0.0.1:${port}
  server app 127.0.0.1:${app}
`,
    args: (file) => ["-db", "-f", file],
  },
};

/** Where a program is, or undefined: Debian has some where users' paths do not lead. */
export const findProgram = (name: string, path = process.env.PATH ?? ""): string | undefined =>
  [...path.split(delimiter), "/usr/sbin"]
    .map((dir) => join(dir, name))
    .find((file) => existsSync(file));

/** Starts one before the app, and resolves with its address when it passes requests on. */
export async function startProxy(name: string, appUrl: string) {
  const { config, args } = proxies[name] as Proxy;
  const dir = await mkdtemp(join(tmpdir(), "taskbridge-test-"));
  // Its workers may be another user's.
  await chmod(dir, 0o777);
  const port = await freePort();
  const file = join(dir, "config");
  await writeFile(file, config({ port, app: Number(new URL(appUrl).port), dir }));
  const child = spawn(findProgram(name) ?? name, args(file, dir), {
    stdio: "ignore",
    env: { ...process.env, HOME: dir, XDG_DATA_HOME: dir, XDG_CONFIG_HOME: dir },
  });
  const url = `http://127.0.0.1:${port}`;
  await untilPassing(url, child);
  return {
    url,
    stop: async () => {
      const ended = once(child, "close");
      child.kill();
      await ended;
      await rm(dir, { recursive: true });
    },
  };
}

async function untilPassing(url: string, child: ChildProcess): Promise<void> {
  while (child.exitCode === null) {
    const answer = await fetch(`${url}/api/live`).catch(() => undefined);
    if (answer?.ok || answer?.status === 404) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`${child.spawnfile} ended with ${child.exitCode}.`);
}
