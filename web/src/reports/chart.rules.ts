export type Series = { name: string; color: string; values: number[] };
export type Bars = {
  categories: string[];
  series: Series[];
  stacked?: boolean;
  /** What stands at a bar; without it the bars carry no figures, which the table below has. */
  label?: (value: number) => string;
};
/** Colours of the present theme. */
export type Palette = { text: string; quiet: string; line: string; edge: string };

const FONT_PX = 13;

/** Bars for the eye: told apart by pattern as well as colour, still, and told in a sentence to who cannot see them. */
export function barOption(
  { categories, series, stacked = false, label }: Bars,
  palette: Palette,
  told: string,
): Record<string, unknown> {
  const text = { color: palette.text, fontSize: FONT_PX };
  return {
    animation: false,
    aria: { enabled: true, label: { description: told }, decal: { show: series.length > 1 } },
    textStyle: text,
    legend: { show: series.length > 1, top: 0, textStyle: text },
    grid: { left: 8, right: 16, top: series.length > 1 ? 36 : 12, bottom: 4, containLabel: true },
    xAxis: {
      type: 'category',
      data: categories,
      axisLabel: { color: palette.quiet, hideOverlap: true },
      axisLine: { lineStyle: { color: palette.line } },
      axisTick: { show: false },
    },
    yAxis: {
      type: 'value',
      minInterval: 1,
      axisLabel: label ? { color: palette.quiet, formatter: label } : { color: palette.quiet },
      splitLine: { lineStyle: { color: palette.line } },
    },
    series: series.map(({ name, color, values }) => ({
      type: 'bar',
      name,
      data: values,
      barMaxWidth: 36,
      ...(stacked ? { stack: 'all' } : {}),
      itemStyle: { color, borderColor: palette.edge, borderWidth: 1 },
      label: label
        ? {
            show: true,
            position: 'top',
            color: palette.text,
            formatter: ({ value }: { value: number }) => label(value),
          }
        : { show: false },
      emphasis: { disabled: true },
    })),
  };
}
