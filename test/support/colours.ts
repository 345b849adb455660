/** A colour as the eye gets it: red, green and blue in linear light, 0 to 1. */
type Light = [number, number, number];
type Matrix = readonly [Light, Light, Light];

/** How people with a full loss of one kind of cone see (Machado, Oliveira and Fernandes 2009, severity 1.0). */
export const EYES = {
  normal: [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
  protan: [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
  deutan: [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]],
  tritan: [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]],
} satisfies Record<string, Matrix>; // prettier-ignore
export type Eye = keyof typeof EYES;

const TO_XYZ: Matrix = [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.072175], [0.0193339, 0.119192, 0.9503041]]; // prettier-ignore
const WHITE: Light = [0.95047, 1, 1.08883];

function lightOf(hex: string): Light {
  const [r, g, b] = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255).map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return [r!, g!, b!];
} // prettier-ignore

const times = (matrix: Matrix, [x, y, z]: Light): Light =>
  matrix.map(([a, b, c]) => a * x + b * y + c * z) as unknown as Light;

function labOf(light: Light): Light {
  const [x, y, z] = times(TO_XYZ, light).map((part, n) => part / WHITE[n]!).map((part) => (part > 216 / 24389 ? Math.cbrt(part) : ((24389 / 27) * part + 16) / 116)) as Light;
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
} // prettier-ignore

/** CIE 1976 distance of two colours as an eye sees them; about 2 can just be told apart. */
export function distance(one: string, other: string, eye: Eye): number {
  const seen = [one, other].map((hex) =>
    labOf(times(EYES[eye], lightOf(hex)).map((part) => Math.min(1, Math.max(0, part))) as Light),
  );
  return Math.hypot(...seen[0]!.map((part, n) => part - seen[1]![n]!));
}

/** WCAG contrast, 1 to 21. */
export function contrast(one: string, other: string): number {
  const [low, high] = [one, other].map((hex) => times(TO_XYZ, lightOf(hex))[1]).sort((a, b) => a - b);
  return (high! + 0.05) / (low! + 0.05);
}
