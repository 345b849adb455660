/** What is wrong with a field, at the field. */
export function FaultText({ words }: { words: string | null }) {
  return words ? (
    <span className="field-fault" role="alert">
      {words}
    </span>
  ) : null;
}
