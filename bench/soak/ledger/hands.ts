import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The processes of clients. One more than are at work is always loaded, so that whoever is killed is replaced at once. */
export class Hands {
  private spare: ChildProcess | undefined = start();

  /** A process that has its code and waits to be told its database. */
  take(): ChildProcess {
    const hand = this.spare ?? start();
    this.spare = start();
    return hand;
  }

  close(): void {
    this.spare?.kill('SIGKILL');
    this.spare = undefined;
  }
}

const start = (): ChildProcess => fork(fileURLToPath(new URL('./worker.js', import.meta.url)));
