import { Press } from '../../parts/Act.js';
import { say } from '../../parts/toast.js';
import { type ToDo, useStockAct } from './use-act.js';

type Props = { label: string; todo: ToDo; said: string; done?: () => void; blocked?: string | null; mark?: string };

/** One step of a paper, one press, with network or without. */
export function StockStep({ label, todo, said, done, blocked = null, mark }: Props) {
  const { busy, problem, act } = useStockAct();
  const press = async () => {
    const answer = await act(todo);
    if (answer === null) return;
    if (answer !== 'kept') say(said);
    done?.();
  };
  return <Press label={label} busy={busy} problem={problem} blocked={blocked} mark={mark} press={() => void press()} />;
}
