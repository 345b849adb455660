/** Kind and place, as far as the title does not say them already: what was reported at a desk is called by just these two. */
export const besideTitle = (title: string, told: readonly string[]): string[] =>
  told.filter((words) => words !== '' && !title.includes(words));
