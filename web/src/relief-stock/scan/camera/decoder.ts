/** A picture for the worker, and what it saw on it; `texts: null` when it could not work at all. */
export type Read = { id: number; picture: ImageData };
export type Seen = { id: number; texts: string[] | null };
type Waiting = { done: (texts: string[]) => void; failed: (error: Error) => void };

/** Reads codes from pictures beside the page, which does not stand still meanwhile. Its script and its 0.9 MB of WebAssembly come with the first use. */
export class Decoder {
  private readonly waiting = new Map<number, Waiting>();
  private readonly worker = new Worker(new URL('./decode.worker.ts', import.meta.url), { type: 'module' });
  private next = 0;

  constructor() {
    this.worker.onmessage = ({ data: { id, texts } }: MessageEvent<Seen>) => {
      const waiting = this.waiting.get(id);
      this.waiting.delete(id);
      if (texts) waiting?.done(texts);
      else waiting?.failed(new Error('the reader did not start'));
    };
    this.worker.onerror = (event) => {
      event.preventDefault();
      for (const { failed } of this.waiting.values()) failed(new Error('the reader was not loaded'));
      this.waiting.clear();
    };
  }

  /** The texts of all codes on a picture; rejects when the reader could not be loaded or started. */
  read(picture: ImageData): Promise<string[]> {
    const id = (this.next += 1);
    return new Promise((done, failed) => {
      this.waiting.set(id, { done, failed });
      this.worker.postMessage({ id, picture } satisfies Read, [picture.data.buffer]);
    });
  }

  close(): void {
    this.worker.terminate();
    for (const { failed } of this.waiting.values()) failed(new Error('closed'));
    this.waiting.clear();
  }
}
