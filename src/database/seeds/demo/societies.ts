import { demoId } from './identity.js';
import { cities, counties, partners, province, type Place } from './places.js';
import type { SocietyRow } from './rows.js';
import { townships } from './townships.js';

/** Appended to every invented name, so nobody takes the demonstration for a real organisation or person. */
export const DEMO_MARK = '（示范）';

/** Id of the society with this division code. */
export const societyId = (adcode: string): string => demoId('society', adcode);

/** Division code of the society above: county to city, city to province, township to county. */
export function parentAdcode(adcode: string): string | null {
  if (adcode.length === 9) return adcode.slice(0, 6);
  if (!adcode.startsWith('33') || adcode === province.adcode) return null;
  return adcode.endsWith('00') ? province.adcode : `${adcode.slice(0, 4)}00`;
}

/** Zhejiang's tree (1 province, 11 cities, 90 counties, 40 townships) and the partners outside it. */
export function buildSocieties(): SocietyRow[] {
  const countyName = new Map(counties.map((county) => [county.adcode, county.name]));
  const inTree = (level: SocietyRow['level']) => (place: Place) => societyRow(level, place, place.name);
  return [
    societyRow('province', province, province.name),
    ...cities.map(inTree('city')),
    ...counties.map(inTree('county')),
    ...townships.map((town) => {
      const county = countyName.get(town.adcode.slice(0, 6));
      if (county === undefined) throw new Error(`demo: no county for ${town.adcode}`);
      return societyRow('township', { ...town, population: 0 }, `${county}${town.name}`);
    }),
    ...partners.map((partner) => societyRow('partner', partner, partner.name)),
  ];
}

function societyRow(level: SocietyRow['level'], place: Omit<Place, 'pinyin'>, fullName: string): SocietyRow {
  const parent = level === 'partner' ? null : parentAdcode(place.adcode);
  const name = fullName.includes('红十字会') ? fullName : `${fullName}红十字会`;
  return {
    id: societyId(place.adcode),
    adcode: place.adcode,
    name: `${name}${DEMO_MARK}`,
    shortName: fullName.includes('红十字会') ? '总会' : place.name,
    level,
    parentId: parent === null ? null : societyId(parent),
    lon: place.lon,
    lat: place.lat,
    population: place.population,
  };
}
