/** Puts params into `{name}` places. A missing one stays visible, so that a test or a reader notices. */
export const fillIn = (sentence: string, params: Record<string, string | number | null | undefined>): string =>
  sentence.replace(/\{(\w+)\}/g, (whole, name: string) =>
    params[name] === undefined || params[name] === null ? whole : String(params[name]),
  );
