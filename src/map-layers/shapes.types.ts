/** Longitude and latitude in degrees, of whatever datum the file is in. */
export type Position = [lon: number, lat: number];
export type Ring = Position[];

/** One thing on the map, whatever its file called it: its points, lines and areas. */
export interface Shape {
  name: string | null;
  points: Position[];
  lines: Position[][];
  polygons: Ring[][];
}
