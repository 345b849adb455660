import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type LogLevel, RequestMethod } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import helmet from 'helmet';
import { AppModule } from './app.module.js';
import type { Config } from './config.js';
import { ProblemFilter } from './shared/problem.filter.js';
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

/** The whole application, not yet listening. */
export async function createApp(config: Config): Promise<NestExpressApplication> {
  const app = await NestFactory.create<NestExpressApplication>(AppModule.with(config), {
    bodyParser: false,
    logger: LEVELS[config.LOG_LEVEL].length ? LEVELS[config.LOG_LEVEL] : false,
    abortOnError: false,
  });
  await configureApp(app, config);
  return app;
}

/** What an application of this project is beside its modules: limits, headers, validation, errors, documents, the console. */
export async function configureApp(app: NestExpressApplication, config: Config): Promise<void> {
  // One proxy, ours: what stands further left in X-Forwarded-For is the caller's own invention.
  app.set('trust proxy', config.TRUST_PROXY ? 1 : false);
  app.disable('x-powered-by');
  app.use(helmet(securityHeaders()));
  app.use('/api', (_request: Request, response: Response, next: () => void) => {
    response.setHeader('Cache-Control', 'no-store'); // answers are for one person at one moment
    next();
  });
  app.useBodyParser('json', { limit: BODY_LIMIT, strict: true });
  app.setGlobalPrefix('api/v1', {
    exclude: ['api/health/live', 'api/health/ready', 'metrics', 's/:code'].map((path) => ({
      path,
      method: RequestMethod.GET,
    })),
  });
  app.useGlobalPipes(validationPipe());
  app.useGlobalFilters(new ProblemFilter());
  const document = openApi(app);
  app.use('/api/openapi.json', (_request: Request, response: Response) => void response.json(document));
  serveWeb(app);
  app.enableShutdownHooks(['SIGTERM', 'SIGINT']);
  await app.init();
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

/** The built console beside dist/; a server without it still answers the API. */
function serveWeb(app: NestExpressApplication): void {
  const folder = fileURLToPath(new URL('./web/', import.meta.url));
  if (!existsSync(folder)) return;
  app.useStaticAssets(folder, { index: 'index.html', maxAge: 0, etag: true, setHeaders: cacheHashedFiles });
}

function cacheHashedFiles(response: { setHeader(name: string, value: string): void }, path: string): void {
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
