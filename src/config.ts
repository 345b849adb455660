import { z } from 'zod';
import { approvalNo } from './map-layers/map-layers.dto.js';
import { MOST_ZOOM } from './map-layers/tiles/tiles.dto.js';

const flag = z.enum(['0', '1', 'true', 'false']).transform((value) => value === '1' || value === 'true');

/** Every setting of the process, read once. `.env.example` lists the same names; a test compares them. */
export const configSchema = z.object({
  NODE_ENV: z.enum(['development', 'production', 'test']).default('development'),
  ROLE: z.enum(['all', 'web', 'worker']).default('all'),
  HOST: z.string().default('127.0.0.1'),
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  DATA_DIR: z.string().min(1).default('.data'),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  DATABASE_POOL: z.coerce.number().int().min(2).max(200).default(20),
  REDIS_URL: z.url({ protocol: /^rediss?$/ }).optional(),
  SEED_DEMO: flag.optional(),
  PUBLIC_URL: z.url().optional(),
  SESSION_HOURS: z.coerce.number().min(1).max(720).default(12),
  TRUST_PROXY: flag.default(false),
  SIGN_IN_PER_MINUTE: z.coerce.number().int().min(1).max(100_000).default(30),
  REQUESTS_PER_MINUTE: z.coerce.number().int().min(10).max(10_000_000).default(3000),
  ALERT_ANSWER_S: z.coerce.number().int().min(1).max(86_400).default(300),
  ALARM_HOP_S: z.coerce.number().int().min(5).max(86_400).default(60),
  RESERVATION_HOURS: z.coerce.number().min(0.001).max(720).default(12),
  DEFERRED_SIGNATURE_HOURS: z.coerce.number().min(1).max(720).default(72),
  SSCC_PREFIX: z
    .string()
    .regex(/^\d{4,12}$/)
    .default('0400000'),
  SUGGESTION_DEBOUNCE_MS: z.coerce.number().int().min(0).max(600_000).default(1500),
  ROUTER_URL: z.url({ protocol: /^https?$/ }).optional(),
  TILES_URL: z.string().max(2000).optional(),
  TILES_FILE: z.string().min(1).optional(),
  TILES_PROVIDER: z.string().trim().min(1).max(60).optional(),
  TILES_APPROVAL: approvalNo.optional(),
  TILES_MAX_ZOOM: z.coerce.number().int().min(5).max(MOST_ZOOM).default(MOST_ZOOM),
  SMS_GATEWAY_URL: z.url({ protocol: /^https?$/ }).optional(),
  SMS_GATEWAY_SECRET: z.string().min(16).optional(),
  SMS_GATEWAY_AUTH: z.enum(['hmac', 'bearer']).default('hmac'),
  SMS_STATUS_URL: z.url({ protocol: /^https?$/ }).optional(),
  SMS_CALLBACK_SECRET: z.string().min(16).optional(),
  VOICE_GATEWAY_URL: z.url({ protocol: /^https?$/ }).optional(),
  VOICE_GATEWAY_SECRET: z.string().min(16).optional(),
  VOICE_GATEWAY_AUTH: z.enum(['hmac', 'bearer']).default('hmac'),
  VOICE_STATUS_URL: z.url({ protocol: /^https?$/ }).optional(),
  VOICE_CALLBACK_SECRET: z.string().min(16).optional(),
  SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
  MAIL_FROM: z.email().optional(),
  ROBOT_LOOPBACK: flag.default(false),
  ANCHOR_KEY_FILE: z.string().min(1).optional(),
  ROBOT_KEY_FILE: z.string().min(1).optional(),
  METRICS_TOKEN: z.string().min(16).optional(),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
});
/** What the application of a drill differs in from the real one (docs/decisions/0010). */
export interface DrillSettings {
  number: number;
  /** Its own schema; nothing else of the database is in the reach of its connections. */
  schema: string;
  /** What stands before every address of it. */
  path: string;
  /** The telephones and mail addresses that a message of this drill may really reach. */
  listed: readonly string[];
  /** The data directory of the real application, where the messages for those leave. */
  outbox: string;
}
export type Config = Readonly<z.infer<typeof configSchema>> & {
  readonly demo: boolean;
  /** Null in the real application. */
  readonly drill: DrillSettings | null;
};

/** Names of this machine in addresses. */
export const LOOPBACK: ReadonlySet<string> = new Set(['127.0.0.1', '[::1]', 'localhost']);

/** Settings of providers that would send secrets or telephone numbers in the clear, or nothing at all. */
function providerFault(config: z.infer<typeof configSchema>): string | null {
  if (config.ROBOT_LOOPBACK && config.NODE_ENV === 'production')
    return 'ROBOT_LOOPBACK is for trials, not for production';
  for (const kind of ['SMS', 'VOICE'] as const) {
    const url = `${kind}_GATEWAY_URL` as const;
    if (config[url] && !config[`${kind}_GATEWAY_SECRET`]) return `${url} needs ${kind}_GATEWAY_SECRET`;
    if (config[`${kind}_STATUS_URL`] && !config[url]) return `${kind}_STATUS_URL needs ${url}`;
  }
  if (config.VOICE_CALLBACK_SECRET && config.VOICE_CALLBACK_SECRET === config.SMS_CALLBACK_SECRET)
    return 'VOICE_CALLBACK_SECRET and SMS_CALLBACK_SECRET must differ: neither provider speaks for the other';
  if (config.SMTP_URL && !config.MAIL_FROM) return 'SMTP_URL needs MAIL_FROM';
  for (const name of ['SMS_GATEWAY_URL', 'SMS_STATUS_URL', 'VOICE_GATEWAY_URL', 'VOICE_STATUS_URL'] as const) {
    const url = config[name] && new URL(config[name]);
    if (url && url.protocol !== 'https:' && !LOOPBACK.has(url.hostname))
      return `${name} must be https, or on this machine`;
  }
  return null;
}

/** A base map without what the law wants shown with it, or from an address that cannot be asked. The address may hold a key: it is not repeated. */
function tilesFault(config: z.infer<typeof configSchema>): string | null {
  const { TILES_URL, TILES_FILE, TILES_PROVIDER, TILES_APPROVAL, NODE_ENV } = config;
  if (!TILES_URL && !TILES_FILE) return null;
  if (TILES_URL && TILES_FILE) return 'TILES_URL and TILES_FILE are two base maps: set one of them';
  if (!TILES_PROVIDER || !TILES_APPROVAL)
    return 'a base map needs TILES_PROVIDER and TILES_APPROVAL, its map approval number (shen tu hao): both are shown on the map, as the law asks';
  if (!TILES_URL) return null;
  if (!['{z}', '{x}', '{y}'].every((part) => TILES_URL.includes(part))) return 'TILES_URL must hold {z}, {x} and {y}';
  const filled = TILES_URL.replace(/\{[xyz]\}/g, '0');
  const url = URL.canParse(filled) ? new URL(filled) : null;
  if (!url || !TILES_URL.startsWith(`${url.origin}/`)) return 'TILES_URL must be an address whose host is fixed';
  const onThisMachine = url.protocol === 'http:' && LOOPBACK.has(url.hostname) && NODE_ENV !== 'production';
  return url.protocol === 'https:' || onThisMachine ? null : 'TILES_URL must be https';
}

/** The settings of this process; throws with every bad name listed. The demo never loads in production unless asked for. */
export function readConfig(env: Record<string, string | undefined> = process.env): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
  const parsed = configSchema.safeParse(given);
  if (!parsed.success) {
    throw new Error(
      `Bad settings: ${parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ')}`,
    );
  }
  const config = parsed.data;
  if (!config.DATABASE_URL && config.ROLE !== 'all')
    throw new Error('Bad settings: ROLE=web and ROLE=worker need DATABASE_URL');
  const fault = providerFault(config) ?? tilesFault(config);
  if (fault) throw new Error(`Bad settings: ${fault}`);
  return { ...config, demo: config.SEED_DEMO ?? config.NODE_ENV === 'development', drill: null };
}
export const CONFIG = Symbol('Config');
