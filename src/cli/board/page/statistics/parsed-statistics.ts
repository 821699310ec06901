import type { StatisticsState } from '../../state/farm-state.ts';

/** What a value is after JSON, which the browser reads with numbers only: of very large ones, the last digits are lost. */
type Parsed<T> = T extends bigint
  ? number
  : T extends object
    ? { readonly [Key in keyof T]: Parsed<T[Key]> }
    : T;

export type ParsedStatistics = Parsed<StatisticsState>;
export type ParsedGroup = ParsedStatistics['groups'][number];
export type ParsedFigures = ParsedStatistics['total'];
