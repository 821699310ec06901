import { html, render } from 'htm/preact';
import { followLinks } from './navigation.ts';

/** The whole board. */
function Board() {
  return html`<main></main>`;
}

followLinks();
addEventListener('DOMContentLoaded', () => {
  const place = document.getElementById('board');
  if (place !== null) render(html`<${Board} />`, place);
});
