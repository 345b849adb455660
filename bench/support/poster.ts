import { randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';

/** Sends commands over connections that stay open, each with a key of its own, as a device does; anything but 201 is an error. */
export class Poster {
  private readonly agent: Agent;
  constructor(
    private readonly url: string,
    hands: number,
  ) {
    this.agent = new Agent({ keepAlive: true, maxSockets: hands });
  }

  post(path: string, { token, body }: { token?: string; body: object }): Promise<string> {
    const text = JSON.stringify(body);
    const headers = {
      'content-type': 'application/json', 'content-length': Buffer.byteLength(text), 'idempotency-key': randomUUID(),
      ...(token ? { authorization: `Bearer ${token}` } : {}),
    }; // prettier-ignore
    return this.send(path, { method: 'POST', headers, expected: 201 }, text);
  }

  get(path: string, token: string): Promise<string> {
    return this.send(path, { method: 'GET', headers: { authorization: `Bearer ${token}` }, expected: 200 });
  }

  close(): void {
    this.agent.destroy();
  }

  private send(
    path: string,
    how: { method: string; headers: Record<string, string | number>; expected: number },
    text?: string,
  ): Promise<string> {
    return new Promise((resolve, reject) => {
      const { method, headers, expected } = how;
      const sent = request(`${this.url}/api/v1${path}`, { agent: this.agent, method, headers }, (answer) => {
        const parts: Buffer[] = [];
        answer.on('data', (part: Buffer) => parts.push(part));
        answer.once('error', reject);
        answer.once('end', () => {
          const content = Buffer.concat(parts).toString();
          if (answer.statusCode === expected) resolve(content);
          else reject(new Error(`${method} ${path}: ${answer.statusCode} ${content}`));
        });
      });
      sent.once('error', reject);
      sent.end(text);
    });
  }
}
