import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { configSchema } from '../../src/config.js';
import { DRILL_POOL } from '../../src/database/database.module.js';
import { DRILL_LIMITS } from '../../src/drills/drills.dto.js';

interface Service {
  image?: string;
  environment?: Record<string, string>;
  depends_on?: Record<string, { condition: string }>;
  healthcheck?: { test: string[] };
  volumes?: string[];
  ports?: string[];
  command?: string[];
}
const compose = parse(readFileSync('docker-compose.yml', 'utf8'), { merge: true }) as {
  services: Record<string, Service>;
  volumes: Record<string, unknown>;
};
const { services, volumes } = compose;

describe('docker-compose.yml', () => {
  it('has the database, Redis, two web processes, one worker and one door', () => {
    expect(Object.keys(services)).toEqual(['database', 'redis', 'web-1', 'web-2', 'worker', 'door']);
    expect(['web-1', 'web-2', 'worker'].map((name) => services[name]!.environment!.ROLE)).toEqual([
      'web',
      'web',
      'worker',
    ]);
  });

  it('lets every process and every drill have its connections', () => {
    const most = Number(/max_connections=(\d+)/.exec(services.database!.command!.join(' '))![1]);
    const [own, drill] = [configSchema.shape.DATABASE_POOL.parse(undefined) + 1, DRILL_POOL + 1];
    const processes = Object.values(services).filter(({ environment }) => environment?.ROLE).length;
    expect(most).toBeGreaterThanOrEqual(processes * (own + DRILL_LIMITS.running * drill));
  });

  it('opens one port, gives every service a health check, and keeps data in named volumes', () => {
    expect(Object.entries(services).filter(([, service]) => service.ports).map(([name]) => name)).toEqual(['door']); // prettier-ignore
    expect(Object.entries(services).filter(([, service]) => !service.healthcheck)).toEqual([]);
    const used = Object.values(services).flatMap((service) =>
      (service.volumes ?? []).map((volume) => volume.split(':')[0]!),
    );
    expect([...new Set(used)].sort()).toEqual(Object.keys(volumes).sort());
  });

  it('waits for what it needs by name, and sets only settings that exist', () => {
    for (const service of Object.values(services)) {
      for (const needed of Object.keys(service.depends_on ?? {})) expect(services).toHaveProperty(needed);
    }
    expect(Object.keys(services['web-1']!.environment!).filter((name) => !(name in configSchema.shape))).toEqual([]);
  });
});
