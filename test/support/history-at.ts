import { inject } from 'vitest';
import { ofType, type Template } from '../../src/local/template.ts';
import type { HistoryLevel } from '../../src/shared/setting-values.ts';

/** A template with the history at another level. */
export function historyAt(level: HistoryLevel): Template {
  const template = structuredClone(inject('historyTemplate'));
  for (const [, { Environment }] of ofType(template, 'AWS::Lambda::Function')) {
    const { Variables } = Environment as { Variables: Record<string, unknown> };
    if ('HISTORY' in Variables) Variables.HISTORY = level;
  }
  Object.assign(template.Outputs?.History ?? {}, { Value: level });
  return template;
}
