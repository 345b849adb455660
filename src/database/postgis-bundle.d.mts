export function slimPostgis(cacheDir: string, version: string): string;
