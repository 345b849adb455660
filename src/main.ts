import 'reflect-metadata';
import { readConfig } from './config.js';
import { createApp } from './app.js';
import { accountsOf } from './demo/index.js';

const config = readConfig();
const app = await createApp(config);
await app.listen(config.PORT, config.HOST);
const address = app.getHttpServer().address() as { port: number };
const url = `http://${config.HOST}:${address.port}`;
console.log(`chiyuan ${config.ROLE} listening on ${url}`);
if (config.demo) console.log(accountsOf(url));
process.send?.({ ready: true, port: address.port });
