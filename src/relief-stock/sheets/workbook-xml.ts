import type { Readable } from 'node:stream';
import { SaxesParser } from 'saxes';
import { Problem } from '../../shared/problem.js';

export interface XmlListener {
  open?(name: string, attributes: Record<string, string>): void;
  text?(text: string): void;
  close?(name: string): void;
}
/** What a part of a real workbook never reaches: each open element and each attribute of one tag is held in memory. */
export const XML_LIMITS = { depth: 64, attributes: 64 };
const local = (name: string): string => name.slice(name.indexOf(':') + 1);

/**
 * Reads one part as it is unpacked. Names come without their prefix. A document type is refused: workbooks have none, and entities are
 * how XML is made to explode; so are nesting and attributes beyond `XML_LIMITS`. 422 `sheet.broken`.
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
  let [depth, attributes] = [0, 0];
  parser.on('error', refuse);
  parser.on('doctype', refuse);
  parser.on('opentagstart', () => {
    [depth, attributes] = [depth + 1, 0];
    if (depth > XML_LIMITS.depth) refuse(null);
  });
  parser.on('attribute', () => {
    attributes += 1;
    if (attributes > XML_LIMITS.attributes) refuse(null);
  });
  parser.on('opentag', ({ name, attributes }) => guarded(() => listener.open?.(local(name), attributes as Record<string, string>))); // prettier-ignore
  parser.on('text', (text) => guarded(() => listener.text?.(text)));
  parser.on('cdata', (text) => guarded(() => listener.text?.(text)));
  parser.on('closetag', ({ name }) => {
    depth -= 1;
    guarded(() => listener.close?.(local(name)));
  });
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
