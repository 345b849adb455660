/** Reads a compact table: one row a line, fields parted by `;`, blank lines and lines that start with `#` left out. */
export function readTable(text: string, width: number): string[][] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const fields = line.split(';').map((field) => field.trim());
      if (fields.length !== width) throw new Error(`demo table: ${fields.length} fields instead of ${width}: ${line}`);
      return fields;
    });
}

/** The number in a field; an empty or odd field stops the build of the demonstration. */
export function numberIn(field: string | undefined): number {
  const value = Number(field);
  if (field === undefined || field === '' || !Number.isFinite(value))
    throw new Error(`demo table: no number: ${field}`);
  return value;
}

/** Degrees rounded to 0.01 (about 1 km): places of the demonstration are never more exact than that. */
export function roundDegrees(degrees: number): number {
  return Math.round(degrees * 100) / 100;
}
