// Shows the task page while the server is out of reach: docs/decisions/0028-reload-while-offline.md.
// It is registered under an address that says what its page is made of, the build above all: for
// another one the browser installs another worker, with a cache of its own.
const CACHE = `taskbridge ${location.search}`;
// A page without anybody's data.
const SHELL = "/offline";
const isFile = (address) => {
  const { origin, pathname } = new URL(address);
  return origin === location.origin && pathname.startsWith("/_next/static/");
};

self.addEventListener("install", (event) => {
  self.skipWaiting();
  event.waitUntil(keepShell());
  // Where browsers can be told: what is below /api does not even wake this.
  const api = { condition: { urlPattern: { pathname: "/api/*" } }, source: "network" };
  event.waitUntil(Promise.resolve(event.addRoutes?.(api)));
});

self.addEventListener("activate", (event) => event.waitUntil(takeOver()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  if (request.mode === "navigate") event.respondWith(page(event));
  else if (isFile(request.url)) event.respondWith(file(request));
});

// What a page had loaded before this was there.
self.addEventListener("message", (event) => {
  event.waitUntil(
    Promise.allSettled(event.data.filter(isFile).map((url) => file(new Request(url)))),
  );
});

/** All or nothing: a page whose files are not all here is none. */
async function keepShell() {
  const cache = await caches.open(CACHE);
  const shell = await fetch(SHELL, { cache: "no-store" });
  const html = await shell.clone().text();
  const names = new Set(html.match(/\/_next\/static\/[\w./~-]+/g));
  await Promise.all([...names].map((name) => keepFile(cache, new Request(name))));
  if (!shell.ok || shell.redirected) throw new Error(`${SHELL} is ${shell.status}.`);
  await cache.put(SHELL, shell);
}

async function takeOver() {
  const others = (await caches.keys()).filter((name) => name !== CACHE);
  await Promise.all(others.map((name) => caches.delete(name)));
  // The browser asks the server for a page while this is still waking up.
  await self.registration.navigationPreload?.enable();
  await self.clients.claim();
}

/** Whatever the server answers; without an answer of its own, the shell, with the headers it came with. */
async function page({ request, preloadResponse }) {
  const shell = async () => {
    if (new URL(request.url).pathname !== "/tasks") return undefined;
    const cache = await caches.open(CACHE);
    return await cache.match(SHELL, { ignoreVary: true });
  };
  try {
    const answer = (await preloadResponse) ?? (await fetch(request));
    return isAway(answer) ? ((await shell()) ?? answer) : answer;
  } catch (error) {
    const kept = await shell();
    if (kept) return kept;
    throw error;
  }
}

/** What a proxy answers whose server is away, and the server itself while it starts: as in gateway.ts. */
const isAway = ({ status }) => (status >= 502 && status <= 504) || (status >= 520 && status <= 530);

/** A file of a build never changes under its name. */
async function file(request) {
  const cache = await caches.open(CACHE);
  const kept = await cache.match(request, { ignoreVary: true });
  if (kept) return kept;
  const response = await fetch(request);
  // The page has it, also where there is no room left to keep it.
  if (isOfBuild(response)) await cache.put(request, response.clone()).catch(() => {});
  return response;
}

async function keepFile(cache, request) {
  const response = await fetch(request);
  if (!isOfBuild(response)) throw new Error(`${request.url} is ${response.status}.`);
  await cache.put(request, response);
}

/** A network that wants a sign-in first answers all with its page, and that would be kept for good. */
const isOfBuild = ({ status, redirected, headers }) =>
  status === 200 && !redirected && !/html/.test(headers.get("Content-Type") ?? "");
