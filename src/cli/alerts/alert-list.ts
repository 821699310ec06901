import type { ListedAlert } from '../../alerts/message/channel-message.ts';
import type { Column } from '../../terminal/table.ts';
import type { View } from '../listing.ts';

/** Alerts, a line each. */
export function alertsView(): View<ListedAlert> {
  return {
    columns: [
      listColumn('name', ({ name }) => name, 12),
      listColumn('when', ({ when }) => when.join(', '), 28),
      listColumn('filters', filtersText, 24),
      listColumn('to', ({ to }) => to.join(', '), 36),
      listColumn('message', ({ message }) => message ?? undefined, 24),
    ],
    always: ['name', 'when', 'to'],
    further: ['filters', 'message'],
  };
}

/** @param most the width that it takes while others want room */
function listColumn(
  name: string,
  value: (alert: ListedAlert) => string | undefined,
  most: number,
): Column<ListedAlert> {
  return { name, value, elide: 'end', width: [12, most] };
}

/** Such as `department: lighting, fx; user: anna*`. */
function filtersText({ filters }: ListedAlert): string | undefined {
  const texts = Object.entries(filters).map(
    ([name, patterns]) => `${name}: ${patterns.join(', ')}`,
  );
  return texts.length > 0 ? texts.join('; ') : undefined;
}
