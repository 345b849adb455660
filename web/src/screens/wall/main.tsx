import { createRoot } from 'react-dom/client';
import { chooseLocale } from '../../i18n/i18n.js';
import './messages.js';
import { wall } from './feed.js';
import { Wall } from './Wall.js';
import '../../theme/tokens.css';
import '../../theme/base.css';
import './wall.css';

// Nothing is kept in this browser: the address is the whole setting, `screen.html?theme=light&lang=en#<token>`, and survives a power cut.
const asked = new URLSearchParams(location.search);
document.documentElement.dataset.theme = asked.get('theme') === 'light' ? 'light' : 'dark';
const root = createRoot(document.getElementById('app')!);
void chooseLocale(asked.get('lang') === 'en' ? 'en' : 'zh-CN', false).then(() => {
  wall.start(location.hash.slice(1));
  root.render(<Wall />);
});
