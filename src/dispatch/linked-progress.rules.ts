interface Yes {
  byName: string;
  byUserId: string | null;
  onBehalfOf: string | null;
}

/**
 * Whether the person of a link goes on where an answer left off: who said the yes, or anybody of the unit who was told where a desk said it
 * in the unit's words. Accounts are compared where both have one, names where not.
 */
export function saidTheYes(yes: Yes, person: { userId: string | null; name: string }): boolean {
  if (yes.onBehalfOf !== null) return true;
  if (yes.byUserId !== null && person.userId !== null) return yes.byUserId === person.userId;
  return yes.byName === person.name;
}
