import { createHash } from 'node:crypto';

const NAMESPACE = 'chiyuan-demo-zhejiang';

/** Stable UUID (RFC 9562 version 8) for a named thing of the demonstration: same name, same id, on every machine. */
export function demoId(kind: string, key: string): string {
  const bytes = createHash('sha256').update(`${NAMESPACE}/${kind}/${key}`).digest().subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x80, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
