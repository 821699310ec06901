import { html } from 'htm/preact';
import { routePath } from './route.ts';

const JOB_ID = /^[0-9a-f]{24}$/i;

/** For a job without rows: what that means, and what happens next. */
export function NoSuchJob({ id }: { id: string }) {
  if (id === '') return html`<${NoJob} />`;
  return html`<div class="not-there">
    <p><a class="underlined" href=${routePath('jobs')}>Jobs</a> › <span class="copied">${id}</span></p>
    <h1>Nothing is stored of this job.</h1>
    <p>
      ${
        JOB_ID.test(id)
          ? 'Its id is well formed, but no notification of it or of its tasks has come, or its rows have expired. The page watches for it, and fills by itself.'
          : 'An id of Deadline has 24 digits and letters from a to f. This one has not, so it may be mistyped.'
      }
    </p>
    <p>
      <a class="button" href=${routePath('jobs')}>All jobs</a>${' '}
      <a class="button" href=${routePath('jobs', { text: id.slice(0, 8), since: 'all' })}>Jobs with ids like ${id.slice(0, 8)}…</a>
    </p>
  </div>`;
}

function NoJob() {
  return html`<div class="not-there">
    <h1>The URL names no job.</h1>
    <p>The page of a job has its id: <code>/job?id=…</code></p>
    <p><a class="button" href=${routePath('jobs')}>All jobs</a></p>
  </div>`;
}

/** A path that is no page. */
export function NoSuchPage({ path }: { path: string }) {
  return html`<div class="not-there">
    <h1>There is no such page.</h1>
    <p>The board has nothing at <span class="copied">${path}</span>.</p>
    <p><a class="button" href=${routePath('overview')}>Overview</a></p>
  </div>`;
}
