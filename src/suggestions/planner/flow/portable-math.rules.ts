/**
 * Logarithm, exponential, sine, cosine and distance that are the same to the last bit wherever IEEE 754 holds. ECMA-262 leaves
 * Math.log, exp, sin, cos, pow and hypot to the engine, and engines do differ: Node 20 and Chromium 156 in 7 % of logarithms, 10 % of exponentials.
 * Plans touch none of them; what samples are drawn with is here.
 *
 * After FDLIBM 5.3 (e_log.c, e_exp.c, k_sin.c, k_cos.c, e_rem_pio2.c), for the arguments that samples have. Of its origin:
 * Copyright (C) 1993 by Sun Microsystems, Inc. All rights reserved. Developed at SunSoft, a Sun Microsystems, Inc. business.
 * Permission to use, copy, modify, and distribute this software is freely granted, provided that this notice is preserved.
 */

const bits = new DataView(new ArrayBuffer(8));
// Bound once: see `seeded`.

/** Sign, exponent and the first 20 bits of the fraction. */
function headOf(x: number): number {
  bits.setFloat64(0, x);
  return bits.getInt32(0);
}

function withHead(x: number, head: number): number {
  bits.setFloat64(0, x);
  bits.setInt32(0, head);
  return bits.getFloat64(0);
}

/** Two to a whole power from -1022 to 1023. */
const twoTo = (power: number): number => withHead(0, (power + 1023) << 20);

function polynomial(x: number, factors: readonly number[]): number {
  let sum = factors.at(-1)!;
  for (let at = factors.length - 2; at >= 0; at--) sum = factors[at]! + x * sum;
  return sum;
}

const LN2_HIGH = 6.9314718036912381649e-1;
const LN2_LOW = 1.90821492927058770002e-10;
const LOG_ODD = [6.66666666666673513e-1, 2.857142874366239149e-1, 1.818357216161805012e-1, 1.479819860511658591e-1];
const LOG_EVEN = [3.999999999940941908e-1, 2.222219843214978396e-1, 1.531383769920937332e-1];

/** Natural logarithm of a number from 1e-300 to 1e300. */
export function ln(x: number): number {
  if (!(x >= 1e-300 && x <= 1e300)) throw new RangeError(`ln ${x}`);
  const head = headOf(x);
  const fraction = head & 0xfffff;
  const isUpper = (fraction + 0x95f64) & 0x100000;
  const k = (head >> 20) - 1023 + (isUpper >> 20);
  const f = withHead(x, fraction | (isUpper ^ 0x3ff00000)) - 1;
  if ((0xfffff & (2 + fraction)) < 3) {
    if (f === 0) return k * LN2_HIGH + k * LN2_LOW;
    const rest = f * f * (0.5 - (1 / 3) * f);
    return k * LN2_HIGH - (rest - k * LN2_LOW - f);
  }
  const s = f / (2 + f);
  const z = s * s;
  const w = z * z;
  const rest = z * polynomial(w, LOG_ODD) + w * polynomial(w, LOG_EVEN);
  if (((fraction - 0x6147a) | (0x6b851 - fraction)) <= 0)
    return k === 0 ? f - s * (f - rest) : k * LN2_HIGH - (s * (f - rest) - k * LN2_LOW - f);
  const half = 0.5 * f * f;
  if (k === 0) return f - (half - s * (half + rest));
  return k * LN2_HIGH - (half - (s * (half + rest) + k * LN2_LOW) - f);
}

const EXP = [
  1.66666666666666019037e-1, -2.77777777770155933842e-3, 6.61375632143793436117e-5, -1.6533902205465251539e-6,
  4.13813679705723846039e-8,
]; // prettier-ignore

/** e to a power from -700 to 700. */
export function exp(x: number): number {
  if (!(x >= -700 && x <= 700)) throw new RangeError(`exp ${x}`);
  const size = headOf(x) & 0x7fffffff;
  if (size < 0x3e300000) return 1 + x;
  if (x === 1) return Math.E;
  let k = 0;
  if (size >= 0x3ff0a2b2) k = Math.trunc(1.442695040888963387 * x + (x < 0 ? -0.5 : 0.5));
  else if (size > 0x3fd62e42) k = x < 0 ? -1 : 1;
  const high = x - k * LN2_HIGH;
  const low = k * LN2_LOW;
  const r = high - low;
  const t = r * r;
  const c = r - t * polynomial(t, EXP);
  if (k === 0) return 1 - ((r * c) / (c - 2) - r);
  return (1 - (low - (r * c) / (2 - c) - high)) * twoTo(k);
}

const PI_2_HIGH = 1.57079632673412561417;
const PI_2_LOW = 6.07710050650619224932e-11;
const PI_2_MIDDLE = 6.0771005063039659766e-11;
const PI_2_LAST = 2.02226624879595063154e-21;

interface Turned {
  quarters: number;
  rest: number;
  tail: number;
}

/** An angle from 0 to 8 as quarter turns and what is left, in two parts. */
function quarterTurns(x: number): Turned {
  if (!(x >= 0 && x <= 8)) throw new RangeError(`angle ${x}`);
  const head = headOf(x);
  if (head <= 0x3fe921fb) return { quarters: 0, rest: x, tail: 0 };
  const quarters = head < 0x4002d97c ? 1 : Math.floor(x * 6.36619772367581382433e-1 + 0.5);
  let before = x - quarters * PI_2_HIGH;
  let less = quarters * PI_2_LOW;
  if (head === headOf(quarters * 1.5707963267948966)) {
    const high = before;
    const middle = quarters * PI_2_MIDDLE;
    before = high - middle;
    less = quarters * PI_2_LAST - (high - before - middle);
  }
  const rest = before - less;
  return { quarters, rest, tail: before - rest - less };
}

const SIN = [
  8.33333333332248946124e-3, -1.98412698298579493134e-4, 2.75573137070700676789e-6, -2.50507602534068634195e-8,
  1.58969099521155010221e-10,
]; // prettier-ignore
const COS = [
  4.16666666666666019037e-2, -1.38888888888741095749e-3, 2.48015872894767294178e-5, -2.75573143513906633035e-7,
  2.0875723212981748279e-9, -1.13596475577881948265e-11,
]; // prettier-ignore

function sinNear({ quarters, rest, tail }: Turned): number {
  const first = -1.66666666666666324348e-1;
  const z = rest * rest;
  const v = z * rest;
  const r = polynomial(z, SIN);
  if (quarters === 0) return rest + v * (first + z * r);
  return rest - (z * (0.5 * tail - v * r) - tail - v * first);
}

function cosNear({ rest, tail }: Turned): number {
  const size = headOf(rest) & 0x7fffffff;
  const z = rest * rest;
  const r = z * polynomial(z, COS);
  if (size < 0x3fd33333) return 1 - (0.5 * z - (z * r - rest * tail));
  const quarter = size > 0x3fe90000 ? 0.28125 : withHead(0, size - 0x00200000);
  return 1 - quarter - (0.5 * z - quarter - (z * r - rest * tail));
}

/** Cosine of an angle from 0 to 8. */
export function cos(x: number): number {
  const turned = quarterTurns(x);
  const size = turned.quarters % 2 === 0 ? cosNear(turned) : sinNear(turned);
  return turned.quarters % 4 === 1 || turned.quarters % 4 === 2 ? -size : size;
}

/** Sine of an angle from 0 to 8. */
export function sin(x: number): number {
  const turned = quarterTurns(x);
  const size = turned.quarters % 2 === 0 ? sinNear(turned) : cosNear(turned);
  return turned.quarters % 4 >= 2 ? -size : size;
}

/** Length of a straight line; square roots are exact to the last bit in every engine. */
export const lengthOf = (dx: number, dy: number): number => Math.sqrt(dx * dx + dy * dy);
