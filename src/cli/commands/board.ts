import { once } from 'node:events';
import open from 'open';
import { EXIT } from '../../terminal/exit-codes.ts';
import { loadPage } from '../board/page-bundle.ts';
import { startBoardServer } from '../board/server/board-server.ts';
import { openBoardState } from '../board/state/open-board-state.ts';
import type { Session } from '../session.ts';

export interface BoardOptions {
  readonly port: number;
  /** Opens the page in a browser. */
  readonly open?: true;
}

/** Serves the board until it is interrupted. */
export async function board(session: Session, options: BoardOptions): Promise<number> {
  const { stackName, json, signal, output } = session;
  await using state = await openBoardState(session);
  const page = await loadPage();
  await using server = await startBoardServer({ state, page, port: options.port });
  const { url } = server;
  console.log(json ? JSON.stringify({ url }) : url);
  console.error(
    `The board of ${stackName}, for this machine only. It reads the tables with your AWS credentials, and changes ` +
      'nothing. Ctrl-C ends.',
  );
  if (options.open) await openBrowser(url);
  const ended = AbortSignal.any([signal, output]);
  if (!ended.aborted) await once(ended, 'abort');
  if (output.aborted) throw output.reason;
  return EXIT.interrupted;
}

async function openBrowser(url: string): Promise<void> {
  const say = (why: string) => console.error(`No browser opened (${why}). Open the URL yourself.`);
  try {
    const opener = await open(url);
    opener.once('exit', (code) => code && say(`exit code ${code}`));
  } catch (error) {
    say((error as Error).message);
  }
}
