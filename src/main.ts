import 'reflect-metadata';
import { readConfig } from './config.js';
import { warmDatabase } from './database/index.js';

const config = readConfig();
warmDatabase(config);
// Loaded while the database opens: together they are most of a start.
const [{ createApp }, { accountsOf, DemoPapers }] = await Promise.all([import('./app.js'), import('./demo/index.js')]);
const app = await createApp(config);
await app.listen(config.PORT, config.HOST);
const address = app.getHttpServer().address() as { port: number };
const url = `http://${config.HOST}:${address.port}`;
console.log(`chiyuan ${config.ROLE} listening on ${url}`);
if (config.demo) console.log(accountsOf(url));
process.send?.({ ready: true, port: address.port });
// Whoever started it may want to know when nothing of the demonstration comes by itself any more.
if (config.demo)
  void app
    .get(DemoPapers)
    .written()
    .then(() => process.connected && process.send?.({ demoWritten: true }));
