import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Asked {
  path: string;
  headers: IncomingHttpHeaders;
  text: string;
  body: Record<string, unknown>;
}
type Answering = (asked: Asked, response: ServerResponse) => void;

export const json = (response: ServerResponse, status: number, body: unknown): void =>
  void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));

/** A provider on this machine: keeps what it was asked and answers as the test says. */
export class ProviderServer {
  readonly asked: Asked[] = [];

  private constructor(
    private readonly server: Server,
    public answer: Answering,
  ) {}

  static async open(answer: Answering): Promise<ProviderServer> {
    const server = createServer();
    const provider = new ProviderServer(server, answer);
    server.on('request', (request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        const asked = {
          path: request.url!,
          headers: request.headers,
          text,
          body: JSON.parse(text || '{}') as Asked['body'],
        };
        provider.asked.push(asked);
        provider.answer(asked, response);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return provider;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
