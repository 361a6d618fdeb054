// First: it takes out of the address what no router is to see.
import '../client/returned';
import { createRoot } from 'react-dom/client';
import { usePreferences } from '../client/preferences';
import { speak } from './i18n/i18n';
import { Studio } from './Studio';
import './theme/studio.css';

const root = document.getElementById('root');
if (root) {
  // The texts come first, so that no page ever shows the keys instead of the words.
  const components = await speak(usePreferences.getState().language);
  createRoot(root).render(<Studio spoken={components} />);
}
