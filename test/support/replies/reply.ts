export type Answer = 'accepted' | 'declined' | 'unclear';

export interface Expected {
  answer: Answer;
  /** From the moment of the reply; only where the text gives a figure. */
  delayMinutes?: number;
  /** All persons promised, the sender among them. */
  headcount?: number;
  /** Comes, if the duty desk first does or grants what the text asks for. */
  condition?: true;
}

export interface Reply {
  text: string;
  /** The local moment of the reply, without an offset; where the text names a clock time. */
  at?: string;
  expect: Expected;
  /** Why a careful reader answers so. */
  why?: string;
}

type Details = Omit<Expected, 'answer'> & Pick<Reply, 'at' | 'why'>;

export function accepted(text: string, { at, why, ...expected }: Details = {}): Reply {
  return { text, ...(at && { at }), expect: { answer: 'accepted', ...expected }, ...(why && { why }) };
}

/** Replies of one kind that need nothing but their answer; the note is for all of them. */
export function all(answer: Answer, texts: string[], why?: string): Reply[] {
  return texts.map((text) => ({ text, expect: { answer }, ...(why && { why }) }));
}
