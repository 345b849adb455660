import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { icons } from './build/icons.js';
import { type OfflinePage, serviceWorkers } from './build/service-worker.js';
import { dropUnusedWireSchemas } from './build/wire-schemas.js';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const server = process.env.CHIYUAN_SERVER ?? 'http://127.0.0.1:3000';
const proxy = { '/api': { target: server }, '/socket.io': { target: server, ws: true } };

/** Pages: index.html is the desk, phone.html the alert page of a team leader, screen.html a wall. */
const pages = { desk: at('./index.html'), phone: at('./phone.html'), screen: at('./screen.html') };
const input = Object.fromEntries(Object.entries(pages).filter(([, file]) => existsSync(file)));

/** Each page has a worker and a list of its own, so that a phone does not fetch the desk. The land is drawn by the desk's map alone. */
const offline: OfflinePage[] = [
  { html: 'index.html', worker: 'desk-worker.js', scope: '/', files: ['icon.svg', 'land.json'] },
  { html: 'phone.html', worker: 'phone-worker.js', scope: '/phone.html', files: ['icon.svg'] },
];

export default defineConfig({
  root: at('.'),
  plugins: [react(), dropUnusedWireSchemas(), icons(), serviceWorkers(offline, at('./public'))],
  server: { host: '127.0.0.1', port: 5173, proxy },
  preview: { host: '127.0.0.1', proxy },
  build: {
    outDir: at('../dist/web'),
    emptyOutDir: true,
    target: 'es2022',
    // data: URLs would need more than default-src 'self'
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    manifest: true,
    rolldownOptions: { input },
  },
});
