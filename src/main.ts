import 'reflect-metadata';
import { readConfig } from './config.js';
import { createApp } from './app.js';

const config = readConfig();
const app = await createApp(config);
await app.listen(config.PORT, config.HOST);
const address = app.getHttpServer().address() as { port: number };
console.log(`chiyuan ${config.ROLE} listening on http://${config.HOST}:${address.port}`);
process.send?.({ ready: true, port: address.port });
