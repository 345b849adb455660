import { createRoot } from 'react-dom/client';
import { chooseLocale, storedLocale } from '../../i18n/i18n.js';
import { startWorker } from '../../offline/worker.js';
import { startTheme } from '../../theme/theme.js';
import './messages.js';
import { startOutbox } from './outbox.js';
import { PhoneApp } from './PhoneApp.js';
import { listenForTouch } from './siren.js';
import '../../theme/tokens.css';
import '../../theme/base.css';
import './phone.css';

// Dark unless somebody chose otherwise: the page is opened at night, by a person who slept.
if (localStorage.getItem('chiyuan.theme')) startTheme();
listenForTouch();
startOutbox();
startWorker('/phone-worker.js', '/phone.html');
const root = createRoot(document.getElementById('app')!);
void chooseLocale(storedLocale() ?? 'zh-CN', false).then(() => root.render(<PhoneApp />));
