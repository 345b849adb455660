import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';

/** `/drill/<number>` before an address; the number is as we write it, so that one drill has one address. */
const DRILL = /^\/drill\/([1-9]\d{0,8})(?=[/?#]|$)/;

/**
 * Decides by the address alone which application a request is for: a drill's goes to the drill, with its prefix taken off, everything else
 * to the real one. An address of a drill that does not run stays as it is, and the real application knows no such address (404).
 */
export function frontDoor(server: Server, worldOf: (number: number) => Promise<{ server: Server } | undefined>): void {
  for (const event of ['request', 'upgrade'] as const) {
    const ours = server.listeners(event) as ((...args: unknown[]) => void)[];
    server.removeAllListeners(event);
    server.on(event, (request: IncomingMessage, ...rest: [ServerResponse | Duplex, ...unknown[]]) => {
      const answerOurselves = () => ours.forEach((listener) => listener.call(server, request, ...rest));
      const number = DRILL.exec(request.url ?? '')?.[1];
      if (number === undefined) return answerOurselves();
      const { socket } = request;
      // Node has let go of a socket that is upgraded: an error while nobody holds it would end the process.
      if (event === 'upgrade') socket.on('error', () => socket.destroy());
      void worldOf(Number(number)).then(
        (world) => {
          if (event === 'upgrade' && socket.destroyed) return;
          return world ? handOver(world.server, event, request, rest) : answerOurselves();
        },
        () => refuse(rest[0]),
      );
    });
  }
}

function handOver(
  drill: Server,
  event: string,
  request: IncomingMessage,
  rest: [ServerResponse | Duplex, ...unknown[]],
): void {
  // prettier-ignore
  const [response] = rest;
  const inside = request.url!.replace(DRILL, '');
  // Without its last slash a page would look for its parts beside the drill, not in it.
  if (event === 'request' && !inside.startsWith('/')) return toFolder(request, response as ServerResponse);
  request.url = inside.startsWith('/') ? inside : `/${inside}`;
  drill.emit(event, request, ...rest);
}

function toFolder(request: IncomingMessage, response: ServerResponse): void {
  response.writeHead(308, { location: request.url!.replace(DRILL, '/drill/$1/') }).end();
}

/** The drill could not be opened: asked again in a moment. */
function refuse(response: ServerResponse | Duplex): void {
  if ('writeHead' in response) response.writeHead(503, { 'retry-after': '2' }).end();
  else response.destroy();
}
