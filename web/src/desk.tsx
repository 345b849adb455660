import { createRoot } from 'react-dom/client';
import { resumeSession } from './access/session.js';
import { App } from './app/App.js';
import './i18n/messages.js';
import { startWorker } from './offline/worker.js';
import { startTheme } from './theme/theme.js';
import './theme/tokens.css';
import './theme/base.css';
import './desk/desk.css';
import './desk/panels.css';
import './desk/pages.css';
import './dispatch/help-calls/help-calls.css';
import './desk/narrow.css';

startTheme();
startWorker('/desk-worker.js', '/');
void resumeSession();
createRoot(document.getElementById('app')!).render(<App />);
