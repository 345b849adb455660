import { useEffect, useState } from 'react';
import type { ScanResult } from '../../../../src/relief-stock/codes/codes.dto.js';
import { problemOf, type ProblemError, request } from '../../api/http.js';
import { useReady } from '../../app/ready.js';
import { go, useRoute } from '../../app/routes.js';
import { t, tCode } from '../../i18n/i18n.js';
import { Loading } from '../../parts/Loading.js';
import { Refusal } from '../../parts/Refusal.js';
import { ToastHost } from '../../parts/toast.js';
import '../messages.js';
import '../keeper.css';
import './scan.css';
import { BoxCard } from './BoxCard.js';
import { CameraScan } from './camera/CameraScan.js';
import { FoundCard } from './FoundCard.js';

/** What a scanned code is, where it is, what is on hand and what can be done with it. `#/scan/CODE`; for a phone in one hand. */
export default function ScanPage() {
  const route = useRoute();
  const code = route.parts.join('/');
  const { result, problem, reload } = useScan(code);
  useReady('scan', code === '' || result !== null || problem !== null);
  useEffect(() => {
    document.title = t('scan.title');
  }, []);
  return (
    <main className="keeper scan">
      <header className="keeper-head">
        <h1>{t('scan.title')}</h1>
        <span className="keeper-space" />
        <a className="button bare" href="#/">
          {t('scan.home')}
        </a>
      </header>
      <div className="scan-body">
        <Another key={code} />
        <CameraScan key={`camera ${code}`} found={(text) => go(`scan/${encodeURIComponent(text)}`)} />
        <Refusal problem={problem} />
        {code !== '' && !result && !problem && <Loading />}
        {result && <Result result={result} reload={reload} />}
      </div>
      <ToastHost />
    </main>
  );
}

function Result({ result, reload }: { result: ScanResult; reload: () => void }) {
  return (
    <>
      {result.notices.map((notice) => (
        <p key={notice.code} className={`notice ${notice.blocks ? 'problem' : ''}`} role={notice.blocks ? 'alert' : 'status'}>
          {tCode('scan.notice.', notice.code, notice.params)}
        </p>
      ))}
      {result.found.length === 0 && <p className="empty">{t('scan.nothing')}</p>}
      {result.found.map((found) => (
        <FoundCard key={found.id} found={found}>
          {found.kind === 'box' && result.box && <BoxCard box={result.box} reload={reload} />}
        </FoundCard>
      ))}
    </>
  );
} // prettier-ignore

/** The next code: typed, or from a scanner that writes into the field and ends with Enter. */
function Another() {
  const [text, setText] = useState('');
  return (
    <form
      className="scan-next"
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim()) go(`scan/${encodeURIComponent(text.trim())}`);
      }}
    >
      <label className="field">
        <span className="label">{t('scan.next')}</span>
        <input className="input" value={text} autoComplete="off" onChange={(event) => setText(event.target.value)} />
      </label>
      <button type="submit" className="button primary">
        {t('scan.look')}
      </button>
    </form>
  );
}

function useScan(code: string) {
  const [state, setState] = useState<{ code: string; result: ScanResult | null; problem: ProblemError | null } | null>(null); // prettier-ignore
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    if (code === '') return;
    const abort = new AbortController();
    request<ScanResult>('POST', '/stock/scans', { body: { text: code }, signal: abort.signal })
      .then((result) => setState({ code, result, problem: null }))
      .catch((error: unknown) => {
        if (!abort.signal.aborted) setState({ code, result: null, problem: problemOf(error) });
      });
    return () => abort.abort();
  }, [code, turn]);
  const known = state?.code === code ? state : null;
  return {
    result: known?.result ?? null,
    problem: known?.problem ?? null,
    reload: () => setTurn((held) => held + 1),
  };
}
