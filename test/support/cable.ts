import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/**
 * A cable between a browser and the program: bytes go through it unread, and once it is pulled none do, whatever the browser does just then.
 * (Chromium's own switch misses a page that is loading: what such a page sends arrives, and only the answer is lost.)
 */
export class Cable {
  private readonly ends = new Set<Socket>();
  private pulled = false;

  private constructor(
    private readonly server: Server,
    private readonly port: number,
  ) {
    server.on('connection', (near) => this.carry(near));
  }

  /** @param url of the program */
  static async to(url: string): Promise<Cable> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new Cable(server, Number(new URL(url).port));
  }

  /** Where the browser finds the program through it. */
  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  pull(pulled: boolean): void {
    this.pulled = pulled;
    if (pulled) for (const end of this.ends) end.destroy();
  }

  close(): void {
    this.pull(true);
    this.server.close();
  }

  private carry(near: Socket): void {
    if (this.pulled) return void near.destroy();
    const far = connect(this.port, '127.0.0.1');
    for (const [end, other] of [[near, far], [far, near]] as const) {
      this.ends.add(end);
      end.on('error', () => other.destroy());
      end.on('close', () => { this.ends.delete(end); other.destroy(); });
      end.pipe(other);
    } // prettier-ignore
  }
}
