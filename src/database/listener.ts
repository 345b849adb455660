import pg from 'pg';

const AGAIN_MS = 1000;

/** Calls `wake` at each NOTIFY on the channel, over a connection of its own that is opened again when it breaks. */
export class Listener {
  private client: pg.Client | undefined;
  private stopped = false;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly url: string,
    private readonly channel: 'journal',
    private readonly wake: () => void,
  ) {}

  /** Never throws: a listener that cannot connect tries again, and its owner's tick carries on meanwhile. */
  async start(): Promise<void> {
    const client = new pg.Client({ connectionString: this.url, application_name: `chiyuan ${this.channel}` });
    client.on('notification', this.wake);
    client.on('error', () => undefined);
    client.on('end', () => this.again());
    this.client = client;
    try {
      await client.connect();
      await client.query(`listen ${this.channel}`);
    } catch {
      this.again();
    }
  }

  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.client?.end().catch(() => undefined);
  }

  private again(): void {
    if (this.stopped) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.start(), AGAIN_MS);
  }
}
