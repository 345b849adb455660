/** What `work` makes of each item, one after another: a connection of the database takes one statement at a time. */
export async function inTurn<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const made: R[] = [];
  for (const item of items) made.push(await work(item));
  return made;
}
