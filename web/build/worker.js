/* The service worker of one page (docs/decisions/0011): its own files, by version, and nothing else. Answers of the API are never kept here. */
const VERSION = __VERSION__;
const PAGE = __PAGE__;
const SCOPE = __SCOPE__;
const FILES = __FILES__;
const PREFIX = `chiyuan ${PAGE} `;
const CACHE = PREFIX + VERSION;

/** All of a version or none of it. What is hashed may come from the browser's own cache; the rest must be of now. */
self.addEventListener('install', (event) => {
  const fetched = FILES.map((file) => new Request(file, file.startsWith('/assets/') ? {} : { cache: 'reload' }));
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(fetched)));
});

/** A new version waits until the last page of the old one has gone, or until a person asks for it. */
self.addEventListener('message', (event) => {
  if (event.data === 'take-over') void self.skipWaiting();
});

/** The version before is kept: another tab may still run it, and load a part of it later. */
self.addEventListener('activate', (event) => {
  event.waitUntil(
    caches.keys().then((names) => {
      const own = names.filter((name) => name.startsWith(PREFIX) && name !== CACHE);
      return Promise.all(own.slice(0, -1).map((name) => caches.delete(name)));
    }),
  );
});

const isPage = ({ pathname }) => pathname === PAGE || (pathname === '/' && SCOPE === '/');

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== self.location.origin) return;
  if (request.mode === 'navigate') {
    if (isPage(url)) event.respondWith(ofCache(PAGE, request));
    return;
  }
  if (FILES.includes(url.pathname) || url.pathname.startsWith('/assets/'))
    event.respondWith(ofCache(url.pathname, request, event));
});

/**
 * Of this version first, then of the one before it, then from the server. A hashed part that is not fetched with the page, because few people use
 * it (the reader of bar codes), is kept from its first use on.
 */
async function ofCache(path, request, event) {
  const names = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== CACHE);
  for (const name of [CACHE, ...names.reverse()]) {
    const held = await (await caches.open(name)).match(path);
    if (held) return held;
  }
  const answer = await fetch(request);
  if (event && answer.ok && path.startsWith('/assets/')) {
    const copy = answer.clone();
    event.waitUntil(caches.open(CACHE).then((cache) => cache.put(path, copy)));
  }
  return answer;
}
