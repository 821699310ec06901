import type { ListedAlert } from '../../alerts/message/channel-message.ts';
import type { Column } from '../../terminal/table.ts';
import type { View } from '../listing.ts';

/** Alerts, a line each. */
export function alertsView(): View<ListedAlert> {
  return {
    columns: [
      listColumn('name', ({ name }) => name, 12),
      listColumn('when', ({ when }) => when.join(', '), 28),
      listColumn('filters', ({ filters }) => listsText(filters), 24),
      listColumn('to', ({ to }) => to.join(', '), 36),
      listColumn('message', ({ message }) => message ?? undefined, 24),
      listColumn('mention', ({ mention }) => listsText(mention), 24),
    ],
    always: ['name', 'when', 'to'],
    further: ['filters', 'message', 'mention'],
  };
}

/** @param most its width at most, as long as other columns need room */
function listColumn(
  name: string,
  value: (alert: ListedAlert) => string | undefined,
  most: number,
): Column<ListedAlert> {
  return { name, value, elide: 'end', width: [12, most] };
}

/** Such as `department: lighting, fx; user: anna*`. */
function listsText(lists: Readonly<Record<string, readonly string[]>>): string | undefined {
  const texts = Object.entries(lists).map(([name, values]) => `${name}: ${values.join(', ')}`);
  return texts.length > 0 ? texts.join('; ') : undefined;
}
