/**
 * Keeps the matters that a reader has opened, so that they stay readable without a network.
 *
 * The server decides what may be kept: a page with the header {{ header }}, which names the log-in. There is one cache,
 * of that log-in; every other is taken away. What is older than a log-in lasts is taken away too. Nothing but reading
 * pages and the files that they are drawn with is kept, and the network is always asked first.
 */
const PREFIX = "satsningar-las-";
const HEADER = "{{ header }}";
const AT = "Las-Kopia-Tid";
const LIFETIME = {{ lifetime|stringformat:'d' }} * 1000;
const SHELL = "{{ shell }}";
const FILES = "{{ files }}";
const MATTER = /^\/moten\/[0-9]+\/las\/[0-9]+\/$/;
const PATIENCE = 8000;
const CARRIED = ["Content-Type", "Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy", "X-Frame-Options"];
const GONE = [401, 403, 404, 410];
const AWAY = [502, 503, 504];

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (request.mode === "navigate" && MATTER.test(url.pathname)) event.respondWith(page(event, url.pathname));
  else if (url.pathname.startsWith(FILES)) event.respondWith(file(event));
});

self.addEventListener("message", (event) => {
  const { path, files } = event.data ?? {};
  if (MATTER.test(path ?? "")) event.waitUntil(keepFirst(path, files ?? []));
});

async function page(event, path) {
  const copy = await copyOf(path);
  try {
    const response = await (copy ? soon(fetch(event.request)) : fetch(event.request));
    if (copy && AWAY.includes(response.status)) return shown(copy);
    const name = response.headers.get(HEADER);
    // The cache is there before the page asks for the files that it is drawn with.
    if (name) await self.caches.open(PREFIX + name);
    event.waitUntil(keep(path, response.clone()));
    return response;
  } catch {
    return copy ? shown(copy) : missing();
  }
}

async function file(event) {
  const [cache, client] = await Promise.all([own(), reader(event)]);
  try {
    const response = await fetch(event.request);
    if (cache && client && response.ok) event.waitUntil(cache.put(event.request, response.clone()).catch(() => {}));
    return response;
  } catch (error) {
    const kept = cache && (await cache.match(event.request, { ignoreVary: true }));
    if (kept) return kept;
    throw error;
  }
}

/** The first page is opened before anything is kept: it is asked for once more, with the files that it was drawn with. */
async function keepFirst(path, files) {
  const response = await fetch(path, { credentials: "same-origin" });
  await keep(path, response);
  const cache = await own();
  if (!cache) return;
  const wanted = files.filter((one) => one.startsWith(FILES));
  await Promise.all(wanted.map((one) => cache.add(one).catch(() => {})));
}

async function keep(path, response) {
  const name = response.headers.get(HEADER);
  if (!response.ok || !name) {
    if (response.ok || GONE.includes(response.status)) await forget(path);
    return;
  }
  await only(PREFIX + name);
  const headers = new Headers({ [AT]: new Date().toISOString() });
  for (const one of CARRIED) if (response.headers.has(one)) headers.set(one, response.headers.get(one));
  const body = await response.blob();
  const cache = await self.caches.open(PREFIX + name);
  await cache.put(path, new Response(body, { headers }));
  if (!(await cache.match(SHELL))) await cache.add(new Request(SHELL, { credentials: "omit" })).catch(() => {});
}

async function names() {
  return (await self.caches.keys()).filter((one) => one.startsWith(PREFIX));
}

async function own() {
  const [name] = await names();
  return name ? self.caches.open(name) : null;
}

async function only(kept) {
  for (const name of await names()) if (name !== kept) await self.caches.delete(name);
}

async function forget(path) {
  const cache = await own();
  if (cache) await cache.delete(path);
}

async function copyOf(path) {
  const cache = await own();
  const copy = cache && (await cache.match(path, { ignoreVary: true }));
  if (!copy) return null;
  if (Date.now() - Date.parse(copy.headers.get(AT)) < LIFETIME) return copy;
  await cache.delete(path);
  return null;
}

async function reader(event) {
  const client = await self.clients.get(event.clientId || event.resultingClientId);
  return client && MATTER.test(new URL(client.url).pathname);
}

function soon(answer) {
  return Promise.race([answer, new Promise((_, reject) => setTimeout(() => reject(new Error("late")), PATIENCE))]);
}

/** A copy says that it is one, and from when. */
async function shown(copy) {
  const html = (await copy.text())
    .replace("data-kopia-ruta hidden", "data-kopia-ruta")
    .replace("<span data-kopia-tid></span>", `<span data-kopia-tid>${clock(new Date(copy.headers.get(AT)))}</span>`);
  return new Response(html, { headers: copy.headers });
}

function clock(at) {
  const time = at.toLocaleTimeString("sv-SE", { hour: "2-digit", minute: "2-digit" }).replace(":", ".");
  const isToday = at.toDateString() === new Date().toDateString();
  return isToday ? time : `${at.toLocaleDateString("sv-SE", { day: "numeric", month: "long" })} ${time}`;
}

/** What stands instead of a page that is not kept: which ones are. Their titles come from the pages, escaped already. */
async function missing() {
  const cache = await own();
  const shell = cache && (await cache.match(SHELL, { ignoreVary: true }));
  if (!shell) return Response.error();
  const lines = [];
  for (const request of await cache.keys()) {
    const path = new URL(request.url).pathname;
    const copy = MATTER.test(path) ? await copyOf(path) : null;
    const title = copy && /<title>([^<]*)<\/title>/.exec(await copy.text())?.[1].trim();
    if (title) lines.push(`<li><a href="${path}">${title}</a></li>`);
  }
  const html = (await shell.text()).replace("<ul data-sparade></ul>", `<ul data-sparade>${lines.join("")}</ul>`);
  return new Response(html, { status: 404, headers: shell.headers });
}
