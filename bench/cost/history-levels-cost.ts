import { toEntry } from '../../src/ingest/history/entry.ts';
import { toItem } from '../../src/ingest/item/item.ts';
import { itemSize } from '../../src/ingest/item/item-size.ts';
import { simulateFarm } from '../../src/local/farm/simulate-farm.ts';
import { HISTORY, HISTORY_DAYS, type HistoryLevel } from '../../src/shared/setting-values.ts';
import type { Table } from '../markdown.ts';
import type { CostInputs } from './cost-inputs.ts';
import { PRICES } from './prices.ts';
import { HOURS_PER_MONTH, ITEM_OVERHEAD, readUnits, UNIT_BYTES, writeUnits } from './usage.ts';

const MILLION = 1_000_000;
const NIGHT = { seed: 1, end: Date.parse('2026-01-02T08:00:00Z') };

/** The cost of the history for each of its levels: the entries of a made-up night, by their sizes. */
export function historyTable(inputs: CostInputs): Table {
  const rows = usdOfRows(inputs);
  const night = simulateFarm(NIGHT).map(({ sent, body }) => {
    const record = { body: JSON.stringify(body), attributes: { SentTimestamp: String(sent) } };
    return record as Parameters<typeof toItem>[0];
  });
  return {
    title: `A million notifications of a made-up night, by \`history\`, entries kept for ${HISTORY_DAYS} days`,
    rows: HISTORY.map((level) => {
      const sizes = entrySizes(night, level);
      const sum = (of: (bytes: number) => number) =>
        sizes.reduce((total, bytes) => total + of(bytes), 0) / night.length;
      const units = sum((bytes) => Math.ceil(bytes / UNIT_BYTES.write));
      const writes = (units * PRICES.write.usd * MILLION) / PRICES.write.size;
      const months = (HISTORY_DAYS * 24) / HOURS_PER_MONTH;
      const gigabytes = (sum((bytes) => bytes + ITEM_OVERHEAD) * MILLION * months) / 1e9;
      const stored = gigabytes * (PRICES.storage.usd + PRICES.backup.usd);
      return {
        history: level,
        'notifications with an entry, %': (100 * sizes.length) / night.length,
        'bytes, mean':
          sizes.length === 0 ? 0 : sum((bytes) => bytes) / (sizes.length / night.length),
        'bytes, most': Math.max(0, ...sizes),
        'write units each': units,
        '$ of writes': writes,
        '$ of storage and backups': stored,
        'times off, writes and reads': (rows + writes) / rows,
      };
    }),
  };
}

function entrySizes(night: readonly Parameters<typeof toItem>[0][], level: HistoryLevel): number[] {
  return night.flatMap((record) => {
    const entry = toEntry(toItem(record), record.body, { level, days: HISTORY_DAYS });
    return entry ? [itemSize(entry.attributes)] : [];
  });
}

/** Writes and reads of the rows of a million notifications. */
function usdOfRows(inputs: CostInputs): number {
  const writes = (writeUnits(inputs) * PRICES.write.usd) / PRICES.write.size;
  const reads = (readUnits(inputs) * PRICES.read.usd) / PRICES.read.size;
  return (writes + reads) * MILLION;
}
