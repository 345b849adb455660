import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export interface ServerProcess {
  url: string;
  child: ChildProcess;
  stop(signal?: NodeJS.Signals): Promise<void>;
}

/** Starts the built server as a process of its own; answers when it listens. Its output is shown when `loud`; `forked` has it from its birth. */
export async function startServer(
  env: Record<string, string>,
  { loud = false, readyMs = 120_000, forked = (_: ChildProcess): void => undefined } = {},
): Promise<ServerProcess> {
  const child = fork(fileURLToPath(new URL('../../main.js', import.meta.url)), [], {
    env: { ...process.env, HOST: '127.0.0.1', PORT: '0', LOG_LEVEL: loud ? 'warn' : 'error', ...env },
    stdio: ['ignore', loud ? 'inherit' : 'ignore', 'inherit', 'ipc'],
    execArgv: ['--enable-source-maps'],
  });
  forked(child);
  const port = await new Promise<number>((resolve, reject) => {
    const late = setTimeout(() => reject(new Error('the server did not start in time')), readyMs);
    child.once('exit', (code) => reject(new Error(`the server stopped with ${code}`)));
    child.once('message', (message: { port: number }) => {
      clearTimeout(late);
      child.removeAllListeners('exit');
      resolve(message.port);
    });
  });
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  return {
    url: `http://127.0.0.1:${port}`,
    child,
    stop: async (signal = 'SIGTERM') => {
      child.kill(signal);
      await gone;
    },
  };
}
