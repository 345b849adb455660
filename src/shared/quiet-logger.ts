import { ConsoleLogger } from '@nestjs/common';

/** Parts of the framework that list every module and route when it starts. */
const INVENTORY = new Set(['InstanceLoader', 'RoutesResolver', 'RouterExplorer', 'WebSocketsController']);

/** The console log without the framework's inventory, so that the address and the accounts are what one sees after `npm start`. */
export class QuietLogger extends ConsoleLogger {
  override log(message: unknown, ...rest: unknown[]): void {
    if (!INVENTORY.has(String(rest.at(-1)))) super.log(message, ...(rest as [string]));
  }
}
