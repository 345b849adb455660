import type { Readable } from 'node:stream';
import { SaxesParser } from 'saxes';
import { Problem } from '../../shared/problem.js';

export interface XmlListener {
  open?(name: string, attributes: Record<string, string>): void;
  text?(text: string): void;
  close?(name: string): void;
}
const local = (name: string): string => name.slice(name.indexOf(':') + 1);

/**
 * Reads one part as it is unpacked. Names come without their prefix. A document type is refused: workbooks have none, and entities are
 * how XML is made to explode. 422 `sheet.broken`.
 */
export async function readXml(stream: Readable, listener: XmlListener): Promise<void> {
  const parser = new SaxesParser();
  let refusal: unknown;
  const refuse = (error: unknown) => {
    refusal ??= error instanceof Problem ? error : new Problem('sheet.broken');
  };
  const guarded = (work: () => void) => {
    if (refusal) return;
    try {
      work();
    } catch (error) {
      refuse(error);
    }
  };
  parser.on('error', refuse);
  parser.on('doctype', refuse);
  parser.on('opentag', ({ name, attributes }) => guarded(() => listener.open?.(local(name), attributes as Record<string, string>))); // prettier-ignore
  parser.on('text', (text) => guarded(() => listener.text?.(text)));
  parser.on('cdata', (text) => guarded(() => listener.text?.(text)));
  parser.on('closetag', ({ name }) => guarded(() => listener.close?.(local(name))));
  const decoder = new TextDecoder();
  try {
    for await (const chunk of stream) {
      parser.write(decoder.decode(chunk as Buffer, { stream: true }));
      if (refusal) break;
    }
    if (!refusal) parser.close();
  } catch (error) {
    refuse(error);
  }
  stream.destroy();
  if (refusal) throw refusal;
}
