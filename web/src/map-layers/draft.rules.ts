import type { MapLayerDto } from '../../../src/map-layers/map-layers.dto.js';

export type Datum = MapLayerDto['datum'];
export const DATUMS: readonly Datum[] = ['CGCS2000', 'WGS84', 'GCJ02', 'BD09'];
export const USUAL_TOLERANCE_M = '50';

export type Draft = {
  datum: Datum | '';
  toleranceM: string;
  name: string;
  provider: string;
  approvalNo: string;
  validFrom: string;
  validUntil: string;
};

/** What is still missing for a preview, as a key of words; null when nothing is. */
export function previewLacks(file: File | null, { datum, toleranceM }: Draft, most: { bytes: number; toleranceM: number }): string | null {
  if (!file) return 'layers.lacks.file';
  if (file.size > most.bytes) return 'layers.lacks.size';
  if (datum === '') return 'layers.lacks.datum';
  if (toleranceM === '' || Number(toleranceM) > most.toleranceM) return 'layers.lacks.tolerance';
  return null;
} // prettier-ignore

/** What is still missing for keeping it. */
export function keepLacks({ name, provider, validFrom, validUntil }: Draft): string | null {
  if (name.trim() === '') return 'layers.lacks.name';
  if (provider.trim() === '') return 'layers.lacks.provider';
  if (validFrom === '') return 'layers.lacks.from';
  return validUntil !== '' && validUntil < validFrom ? 'layers.lacks.order' : null;
}
