import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';

/** A mail as the server got it: who from, who to, and its lines. */
export interface GotMail {
  from: string;
  to: string;
  text: string;
}
/** What the server says at a moment of the talk; null: nothing at all; 'cut': it hangs up. */
export type Saying = string | null | 'cut';
export interface Manner {
  greeting: Saying;
  hello: Saying;
  from: Saying;
  to: Saying;
  data: Saying;
  /** To the mail itself, after its last line. */
  taken: Saying;
  /** Hangs up after so many bytes of the mail. */
  cutAfterBytes: number | null;
}
const POLITE: Manner = {
  greeting: '220 mail.test ESMTP', hello: '250-mail.test\r\n250 8BITMIME', from: '250 ok', to: '250 ok', data: '354 go on', taken: '250 queued',
  cutAfterBytes: null,
}; // prettier-ignore

/** A mail server on this machine that speaks as much SMTP as a sender needs, in the manner that the test says. */
export class MailServer {
  readonly got: GotMail[] = [];
  /** Lines that were open at once, at most. */
  most = 0;
  manner = POLITE;
  private readonly lines = new Set<Socket>();

  private constructor(private readonly server: Server) {}

  static async open(address = '127.0.0.1'): Promise<MailServer> {
    const server = createServer();
    const mail = new MailServer(server);
    server.on('connection', (line) => mail.talk(line));
    await new Promise<void>((resolve) => server.listen(0, address, resolve));
    return mail;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  be(manner: Partial<Manner> = {}): void {
    this.manner = { ...POLITE, ...manner };
  }

  async close(): Promise<void> {
    for (const line of this.lines) line.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private talk(line: Socket): void {
    this.lines.add(line);
    this.most = Math.max(this.most, this.lines.size);
    line.on('close', () => this.lines.delete(line)).on('error', () => undefined);
    const mail: GotMail = { from: '', to: '', text: '' };
    let rest = '';
    let inMail = false;
    say(line, this.manner.greeting);
    line.on('data', (chunk: Buffer) => {
      rest += chunk.toString('utf8');
      for (;;) {
        if (inMail) {
          const { cutAfterBytes, taken } = this.manner;
          if (cutAfterBytes !== null && rest.length >= cutAfterBytes) return void line.destroy();
          const end = rest.indexOf('\r\n.\r\n');
          if (end < 0) return;
          this.got.push({ ...mail, text: rest.slice(0, end) });
          [rest, inMail] = [rest.slice(end + 5), false];
          say(line, taken);
          continue;
        }
        const end = rest.indexOf('\r\n');
        if (end < 0) return;
        const said = rest.slice(0, end);
        rest = rest.slice(end + 2);
        inMail = this.command(line, said, mail);
      }
    });
  }

  /** Answers one line; true where the mail itself follows. */
  private command(line: Socket, said: string, mail: GotMail): boolean {
    const word = said.slice(0, 4).toUpperCase();
    const { hello, from, to, data } = this.manner;
    if (word === 'EHLO' || word === 'HELO') say(line, hello);
    else if (word === 'MAIL') [mail.from] = [addressIn(said), say(line, from)];
    else if (word === 'RCPT') [mail.to] = [addressIn(said), say(line, to)];
    else if (word === 'DATA') say(line, data);
    else if (word === 'QUIT') line.end('221 bye\r\n');
    else say(line, '502 unknown');
    return word === 'DATA' && data !== null && data.startsWith('354');
  }
}

function say(line: Socket, words: Saying): void {
  if (words === 'cut') line.destroy();
  else if (words !== null) line.write(`${words}\r\n`);
}

const addressIn = (said: string): string => /<([^>]*)>/.exec(said)?.[1] ?? '';
