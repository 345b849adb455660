import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { ActorDto } from '../../../src/access/access.dto.js';
import { keptAs } from '../app/world.js';
import type { Picture } from '../../../src/live/console.rules.js';
import type { StockAct } from '../relief-stock/outbox/act.rules.js';

/** The last picture of a person, and how far this device's clock was off when it was drawn. */
export type KeptPicture = { userId: string; actor: ActorDto; picture: Picture; atMs: number; offsetMs: number };
/** The last answer to one address. */
export type KeptRead = { key: string; userId: string; data: unknown; atMs: number };

interface Kept extends DBSchema {
  acts: { key: string; value: StockAct };
  pictures: { key: string; value: KeptPicture };
  reads: { key: string; value: KeptRead; indexes: { atMs: number } };
}

let opened: Promise<IDBPDatabase<Kept>> | null = null;

/** What this page keeps on the device beyond a reload. Fails where the browser keeps nothing (storage forbidden or full). */
export function kept(): Promise<IDBPDatabase<Kept>> {
  opened ??= openDB<Kept>(keptAs('chiyuan'), 1, {
    upgrade(db) {
      db.createObjectStore('acts', { keyPath: 'id' });
      db.createObjectStore('pictures', { keyPath: 'userId' });
      db.createObjectStore('reads', { keyPath: 'key' }).createIndex('atMs', 'atMs');
    },
    // A newer page wants another layout: this one lets go, and opens it again when it needs it.
    blocking: (_current, _wanted, event) => (event.target as IDBDatabase).close(),
    terminated: () => void (opened = null),
  }).catch((error: unknown) => {
    opened = null;
    throw error;
  });
  return opened;
}
