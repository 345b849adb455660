/**
 * Puts params into `{name}` places, and a word that goes with a number into `{name|one|many}`. A missing one stays visible, so that a test or a
 * reader notices.
 */
export const fillIn = (sentence: string, params: Record<string, string | number | null | undefined>): string =>
  sentence.replace(/\{(\w+)(?:\|([^{}|]*)\|([^{}|]*))?\}/g, (whole, name: string, one?: string, many?: string) => {
    const value = params[name];
    if (value === undefined || value === null) return whole;
    if (one === undefined || many === undefined) return String(value);
    return String(value) === '1' ? one : many;
  });
