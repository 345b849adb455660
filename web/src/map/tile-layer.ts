import type ImageTile from 'ol/ImageTile.js';
import TileLayer from 'ol/layer/Tile.js';
import XYZ from 'ol/source/XYZ.js';
import type Tile from 'ol/Tile.js';
import TileState from 'ol/TileState.js';
import { at } from '../app/world.js';

/** Longer than the server waits for its provider. */
const PATIENCE_MS = 12_000;
/** After this long a map with holes asks for what is missing. */
const AGAIN_MS = 60_000;

/**
 * The base map of others as a layer on a canvas of its own, which the theme dims (`.map-ground`). A tile that does not come leaves the neutral
 * land beneath it in sight; one that the provider does not have is no failure.
 */
export function tileLayer(maxZoom: number, tellFailing: (failing: boolean) => void) {
  let timer: number | undefined;
  const missed = () => {
    tellFailing(true);
    timer ??= window.setTimeout(() => {
      timer = undefined;
      source.refresh();
    }, AGAIN_MS);
  };
  const load = async (tile: Tile, address: string) => {
    try {
      const answer = await fetch(address, { signal: AbortSignal.timeout(PATIENCE_MS) });
      if (answer.status === 204) return tile.setState(TileState.EMPTY);
      if (!answer.ok) throw new Error(`status ${answer.status}`);
      drawFrom(tile as ImageTile, await answer.blob());
      tellFailing(false);
    } catch {
      tile.setState(TileState.ERROR);
      missed();
    }
  };
  const source = new XYZ({
    url: at('/api/v1/map-tiles/{z}/{x}/{y}'),
    maxZoom,
    transition: 0,
    tileLoadFunction: (tile, address) => void load(tile, address),
  });
  const layer = new TileLayer({ source, className: 'map-ground' });
  return {
    layer,
    dispose() {
      window.clearTimeout(timer);
      layer.dispose();
    },
  };
}

function drawFrom(tile: ImageTile, picture: Blob): void {
  const image = tile.getImage() as HTMLImageElement;
  const address = URL.createObjectURL(picture);
  const done = () => URL.revokeObjectURL(address);
  image.addEventListener('load', done, { once: true });
  image.addEventListener('error', done, { once: true });
  image.src = address;
}
