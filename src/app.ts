import { existsSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ConsoleLogger, type LogLevel, RequestMethod, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import helmet from 'helmet';
import { AppModule } from './app.module.js';
import type { Config, DrillSettings } from './config.js';
import { DatabaseServer } from './database/index.js';
import { DirectorService, DrillHost, type DrillWorld, DrillWorlds } from './drills/index.js';
import { frontDoor } from './front-door.js';
import { Clock } from './shared/clock.js';
import { countRequests } from './shared/give-way.js';
import { ProblemFilter } from './shared/problem.filter.js';
import { QuietLogger } from './shared/quiet-logger.js';
import { validationPipe } from './shared/validation.js';

/** Largest JSON body, in bytes of text. Files come by their own routes with their own limits. */
export const BODY_LIMIT = '1mb';
const LEVELS: Record<Config['LOG_LEVEL'], LogLevel[]> = {
  debug: ['fatal', 'error', 'warn', 'log', 'debug'],
  info: ['fatal', 'error', 'warn', 'log'],
  warn: ['fatal', 'error', 'warn'],
  error: ['fatal', 'error'],
  silent: [],
};

/** The whole application, not yet listening. One that fails to open leaves nothing of itself behind: no pool, no follower, no timer. */
export async function createApp(config: Config): Promise<NestExpressApplication> {
  const app = await NestFactory.create<NestExpressApplication>(AppModule.with(config), {
    bodyParser: false,
    logger: loggerFor(config.LOG_LEVEL),
    abortOnError: false,
  });
  try {
    await configureApp(app, config);
  } catch (error) {
    await app.close().catch(() => undefined); // what opened says why; how it closed says nothing more
    throw error;
  }
  return app;
}

function loggerFor(level: Config['LOG_LEVEL']) {
  if (level === 'silent') return false;
  const Logger = level === 'debug' ? ConsoleLogger : QuietLogger;
  return new Logger({ logLevels: LEVELS[level] });
}

/** What an application of this project is beside its modules: limits, headers, validation, errors, documents, the console. */
export async function configureApp(app: NestExpressApplication, config: Config): Promise<void> {
  // One proxy, ours: what stands further left in X-Forwarded-For is the caller's own invention.
  app.set('trust proxy', config.TRUST_PROXY ? 1 : false);
  app.disable('x-powered-by');
  app.use(helmet(securityHeaders()));
  app.use('/api', (_request: Request, response: Response, next: () => void) => {
    response.setHeader('Cache-Control', 'no-store'); // answers are for one person at one moment
    // Any answer carries the server's time: in a drill, that of the drill.
    if (config.drill) response.setHeader('Date', app.get(Clock).now().toUTCString());
    next();
  });
  const json = { limit: BODY_LIMIT, strict: true, verify: keepSigned };
  app.useBodyParser('json', json);
  app.setGlobalPrefix('api/v1', {
    exclude: ['api/health/live', 'api/health/ready', 'metrics', 's/:code'].map((path) => ({
      path,
      method: RequestMethod.GET,
    })),
  });
  app.useGlobalPipes(validationPipe());
  app.useGlobalFilters(new ProblemFilter());
  serveWeb(app);
  if (config.drill) return void (await app.init());
  const document = openApi(app);
  app.use('/api/openapi.json', (_request: Request, response: Response) => void response.json(document));
  app.get(DrillWorlds).openBy((drill) => openDrill(app, config, drill));
  app.enableShutdownHooks(['SIGTERM', 'SIGINT']);
  await app.init();
  frontDoor(app.getHttpServer(), (number) => app.get(DrillHost).worldOf(number));
  countRequests(app.getHttpServer());
}

/**
 * A drill: the same application once more, on its own schema, with its own clock, queue, cookie and outbox (docs/decisions/0010). It listens
 * nowhere; the front door hands it what comes for its addresses.
 */
async function openDrill(real: NestExpressApplication, config: Config, drill: DrillSettings): Promise<DrillWorld> {
  const own: Config = {
    ...config,
    DATABASE_URL: real.get(DatabaseServer).url,
    DATA_DIR: join(config.DATA_DIR, 'drills', String(drill.number)),
    PUBLIC_URL: `${config.PUBLIC_URL ?? `http://${config.HOST}:${config.PORT}`}${drill.path}`,
    demo: false,
    drill,
  };
  const app = await createApp(own);
  return { server: app.getHttpServer(), director: app.get(DirectorService), get: <T>(type: { prototype: T }) => app.get<T>(type as Type<T>), close: () => app.close() }; // prettier-ignore
}

/** The OpenAPI document, made from the same Zod schemas that check the requests. */
export function openApi(app: NestExpressApplication): OpenAPIObject {
  const options = new DocumentBuilder()
    .setTitle('Chiyuan')
    .setDescription(
      'Emergency dispatch and relief stock for Red Cross societies. Errors are RFC 9457 problems with a code.',
    )
    .setVersion('1')
    .addBearerAuth()
    .addCookieAuth('chiyuan_session')
    .build();
  return SwaggerModule.createDocument(app, options);
}

/** What providers sign is the body as it came, byte by byte. */
function keepSigned(request: IncomingMessage & { rawBody?: Buffer }, _response: unknown, body: Buffer): void {
  if (request.url?.startsWith('/api/v1/providers/')) request.rawBody = body;
}

/** The built console beside dist/; a server without it still answers the API. */
function serveWeb(app: NestExpressApplication): void {
  const folder = fileURLToPath(new URL('./web/', import.meta.url));
  if (!existsSync(folder)) return;
  app.useStaticAssets(folder, { index: 'index.html', maxAge: 0, etag: true, setHeaders: headersOf });
}

/** The worker that reads bar codes: the only script of ours that runs WebAssembly. Its policy is its own, the pages keep theirs. */
const CODE_READER = /[/\\]assets[/\\]decode\.worker-[\w-]+\.js$/;
const CODE_READER_POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'";

function headersOf(response: { setHeader(name: string, value: string): void }, path: string): void {
  if (CODE_READER.test(path)) response.setHeader('Content-Security-Policy', CODE_READER_POLICY);
  const hashed = /[/\\]assets[/\\]/.test(path);
  response.setHeader('Cache-Control', hashed ? 'public, max-age=31536000, immutable' : 'no-cache');
}

/** Everything comes from our own origin. Inline styles are the component kit's; nothing else is inline. */
function securityHeaders() {
  return {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        connectSrc: ["'self'", 'ws:', 'wss:'],
        objectSrc: ["'none'"],
        frameAncestors: ["'none'"],
        baseUri: ["'self'"],
      },
    },
    crossOriginEmbedderPolicy: false,
    hsts: false,
  };
}
