import { alertsView } from '../alerts/alert-list.ts';
import { AlertFunctions } from '../aws/alert-functions.ts';
import { readStackOutputs } from '../aws/stack-outputs.ts';
import { Listing, type ListOptions } from '../listing.ts';
import type { Session } from '../session.ts';

/** Lists the alerts as deployed, in their order. */
export async function alerts(session: Session, options: ListOptions): Promise<number> {
  const { stackName, account, signal } = session;
  const listing = new Listing(alertsView(), options, session);
  const stack = await readStackOutputs(stackName, account, signal);
  const all = await new AlertFunctions(session, stack).list();
  await listing.print(all, { title: (shown) => `Alerts of ${stackName}: ${shown.length}.` });
  return 0;
}
