import started from '../../src/shared/samples/started-task.json' with { type: 'json' };
import { EMPTY_FIELDS, type EmptyFields } from '../../src/shared/setting-values.ts';
import type { Row, Table } from '../markdown.ts';
import { type Basis, sizeOf } from './cost-inputs.ts';
import { filledTask } from './filled-task.ts';
import { PRICES } from './prices.ts';
import { writeUnits } from './usage.ts';

/**
 * What the writes of a task take with and without its empty fields: with its counters filled, as the zeros
 * of the documented task make a row smaller than that of a task that has rendered.
 */
export function emptyFieldsTable(basis: Basis): Table {
  return {
    title: 'A task that starts, and stops with its counters filled, by emptyFields',
    rows: EMPTY_FIELDS.map((emptyFields) => emptyFieldsRow(emptyFields, basis)),
  };
}

/** What its two notifications take on the average. */
function emptyFieldsRow(emptyFields: EmptyFields, basis: Basis): Row {
  const startedBytes = sizeOf(started, emptyFields);
  const stoppedBytes = sizeOf(filledTask, emptyFields);
  const units = writeUnits({ ...basis, startedBytes, stoppedBytes });
  const { usd, size } = PRICES.write;
  return {
    emptyFields,
    'bytes started': startedBytes,
    'bytes stopped': stoppedBytes,
    'write units': units,
    '$ of writes a million': (units / size) * usd * 1_000_000,
  };
}
