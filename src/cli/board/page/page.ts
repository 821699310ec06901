import { html, render } from 'htm/preact';
import { BoardPage } from './board-page.ts';
import { rememberFirstKeys } from './keys.ts';
import { followLinks, keepPlaces } from './navigation.ts';
import { applyTheme } from './theme.ts';

applyTheme();
followLinks();
keepPlaces();
rememberFirstKeys();
addEventListener('DOMContentLoaded', () => {
  const place = document.getElementById('board');
  if (place !== null) render(html`<${BoardPage} />`, place);
});
