import './styles/index.css';
import { render } from 'preact';
import { App } from './app/App';
import { followLocation } from './app/router';
import { applyTheme } from './app/theme';
import { openSession } from './session/session';

applyTheme();
followLocation();
void openSession();

const root = document.getElementById('app');
if (root !== null) {
  render(<App />, root);
}
