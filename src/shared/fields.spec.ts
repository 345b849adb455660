import { describe, expect, it } from '@jest/globals';
import { phone, requiredText, shortText } from './fields.dto.js';

describe('text that people write', () => {
  it('loses the signs that nobody sees, wherever it was copied from', () => {
    expect(requiredText.parse('\u202e 临海市\u200b赤城路 \u202c')).toBe('临海市赤城路');
    expect(phone.parse('\u202d199 0000 0373\u202c')).toBe('199 0000 0373');
    expect(shortText.parse('\ufeff水上救援队')).toBe('水上救援队');
  });

  it('is not there when only such signs are', () => {
    for (const nothing of ['\u200b\u200b ', '\u2066\u2069', '\ufeff'])
      expect(requiredText.safeParse(nothing).success).toBe(false);
  });

  it('keeps what scripts and pictures are made of', () => {
    for (const text of ['👨‍👩‍👧', 'نیم‌فاصله', '𠮷田']) expect(shortText.parse(text)).toBe(text);
  });

  it('is one line where it stands in one', () => {
    for (const split of ['a\nb', 'a\u2028b', 'a\u0085b']) expect(shortText.safeParse(split).success).toBe(false);
    expect(requiredText.parse('第一行\n第二行')).toBe('第一行\n第二行');
  });
});
