import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';

const TYPES: Record<string, string> = {
  '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml',
}; // prettier-ignore
const POLICY = "default-src 'self'; style-src 'self' 'unsafe-inline'; connect-src 'self'";

type Said = { id: string; answer: string; reason?: string; minutes?: number };
type Called = { id: string; words?: string; position?: { lon: number; lat: number }; occurredAt: string };

type Stepped = { id: string; step: string; occurredAt: string };
/** Where each step leads. */
const LEADS_TO: Record<string, string> = {
  assemble: 'assembling', depart: 'departed', arrive: 'on-scene', release: 'released', return: 'returning', close: 'closed',
}; // prettier-ignore

/** The two ends of a bad mobile network: the built page is served, the API answers, is away, or hears and is not heard; or all is gone. */
export class Mast {
  network: 'fine' | 'away' | 'mute' | 'gone' = 'fine';
  said: Said[] = [];
  called: Called[] = [];
  added: Called[] = [];
  steps: Stepped[] = [];
  takenUpBy: string | null = null;
  heard = 0;
  opened = 0;
  doneReason: string | null = null;
  readonly server: Server;

  constructor(private readonly folder: string) {
    this.server = createServer((request, response) => void this.answer(request, response));
  }

  /** The address of the phone page, once the mast stands. */
  async stand(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/phone.html`;
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url!.split('?')[0]!;
    if (this.network === 'gone') return void request.socket.destroy();
    if (!path.startsWith('/api/')) return this.file(path, response);
    if (this.network === 'away') return void request.socket.destroy();
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { status, body } = this.act(path, chunks.length > 0 ? JSON.parse(Buffer.concat(chunks).toString()) : {});
    if (this.network === 'mute') return void request.socket.destroy();
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  }

  private act(path: string, body: Said): { status: number; body: unknown } {
    if (path === '/api/health/live') return { status: 200, body: {} };
    if (!path.startsWith('/api/v1/alert-links/good'))
      return { status: 404, body: { code: 'link.not-found', title: '?' } };
    if (path.includes('/help-calls')) return this.help(path, body as never);
    if (path.endsWith('/progress')) return this.progress(body as never);
    if (path.endsWith('/opened')) this.opened += 1;
    if (!path.endsWith('/answers')) return { status: 200, body: this.alert() };
    this.heard += 1;
    if (this.said.some(({ id }) => id === body.id)) return { status: 200, body: this.alert() };
    if (this.said.length > 0) return { status: 409, body: { code: 'link.used', title: 'used' } };
    if (this.doneReason) return { status: 409, body: { code: 'alert.closed', title: 'closed' } };
    this.said.push(body);
    this.doneReason = 'answered';
    return { status: 200, body: this.alert() };
  }

  /** Calls for help: the same press twice is one. */
  private help(path: string, body: Partial<Called>): { status: number; body: unknown } {
    const list = path.endsWith('/words') ? this.added : this.called;
    if (body.id && !list.some(({ id }) => id === body.id)) list.push(body as Called);
    const [call] = this.called.map((one) => ({
      id: one.id, byName: '王建国', state: this.takenUpBy ? 'taken-up' : 'raised', occurredAt: one.occurredAt, receivedAt: new Date().toISOString(),
      takenUpBy: this.takenUpBy, takenUpAt: this.takenUpBy && new Date().toISOString(), position: this.added.find(({ position }) => position) ?? null,
    })); // prettier-ignore
    if (body.id) return { status: 200, body: call };
    return { status: 200, body: { mayCall: this.said[0]?.answer !== 'decline', calls: call ? [call] : [] } };
  }

  /** The steps of the unit, for who has said yes: the same step twice is one. */
  private progress(body: Partial<Stepped>): { status: number; body: unknown } {
    const yes = this.said[0]?.answer === 'accept';
    if (body.id && !yes) return { status: 409, body: { code: 'assignment.step-not-allowed', title: 'not yet' } };
    if (body.id && !this.steps.some(({ id }) => id === body.id)) this.steps.push(body as Stepped);
    const last = this.steps.at(-1);
    const status = last ? LEADS_TO[last.step]! : yes ? 'accepted' : 'alerted';
    const figures = { headcount: 8, promisedHeadcount: null, actualHeadcount: null, named: true };
    const unit = { status, statusSince: last?.occurredAt ?? new Date().toISOString(), active: status !== 'closed', mayStep: yes && status !== 'closed', ...figures };
    return { status: 200, body: { unit } };
  } // prettier-ignore

  private alert() {
    const [said] = this.said;
    const answered = said && {
      id: said.id, answer: said.answer, minutes: said.minutes ?? null, headcount: null, reason: said.reason ?? null, byName: '王建国',
      onBehalfOf: null, channel: 'link', words: null, occurredAt: new Date().toISOString(), receivedAt: new Date().toISOString(),
    }; // prettier-ignore
    return {
      alertId: '0197a000-0000-7000-8000-000000000001', personName: '王建国', teamName: '台州市红十字水上救援队', unitCode: 'TZ-W-1',
      kind: 'deploy', severity: 'I', incidentTitle: '宁溪镇山洪', incidentKind: 'flood', headcount: 8, exercise: false, placeText: '宁溪镇坦头村桥头',
      location: { lon: 120.98765, lat: 28.61234 }, message: '集合点：后院', raisedAt: new Date(Date.now() - 60_000).toISOString(),
      nextDueAt: this.doneReason ? null : new Date(Date.now() + 60_000).toISOString(), doneReason: this.doneReason,
      answered: answered ?? null, dutyPhone: '0576-88889999',
    }; // prettier-ignore
  }

  private file(path: string, response: ServerResponse): void {
    const at = join(this.folder, path);
    if (!existsSync(at)) return void response.writeHead(404).end();
    response.writeHead(200, { 'content-type': TYPES[extname(at)] ?? 'text/plain', 'content-security-policy': POLICY });
    response.end(readFileSync(at));
  }
}

/** Builds the pages as they are delivered. */
export function buildPages(folder: string): void {
  const args = ['build', 'web', '--outDir', folder, '--emptyOutDir', '--logLevel', 'error'];
  execFileSync(process.execPath, ['node_modules/vite/bin/vite.js', ...args], {
    env: { ...process.env, NODE_ENV: 'production' },
  });
}
