import { expect, test } from 'vitest';
import { OF_EVENTS } from '../../../../src/cli/doctor/check-events.ts';
import type { FedFunction } from '../../../../src/cli/doctor/fed-function.ts';
import { fedFunctionFindings } from '../../../../src/cli/doctor/fed-function-findings.ts';
import { EVENTS_FUNCTION } from '../../../support/control-plane.ts';

type Deployed = FedFunction & { readonly sourceArn: string | undefined };
const findingsOf = (deployed: Deployed, consequences = OF_EVENTS) =>
  fedFunctionFindings(deployed, deployed.sourceArn, consequences);
const OF = ` of ${EVENTS_FUNCTION}`;

const DESTINATION = { OnFailure: { Destination: 'arn:of:the:queue' } };
const well: Deployed = {
  name: EVENTS_FUNCTION,
  configuration: { State: 'Active', Environment: { Variables: { FARM_ID: 'farm-1' } } },
  reserved: undefined,
  sourceArn: 'arn:of:the:stream',
  sources: [
    {
      UUID: 'uuid',
      EventSourceArn: 'arn:of:the:stream',
      State: 'Enabled',
      DestinationConfig: DESTINATION,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      MaximumRecordAgeInSeconds: 43_200,
    },
  ],
  intended: {
    function: { Environment: { Variables: { FARM_ID: 'farm-1' } } },
    source: { MaximumRecordAgeInSeconds: 43_200 },
  },
  options: '--region us-east-1',
};
const withSource = (changed: object) => ({ sources: [{ ...well.sources[0], ...changed }] });
const withVariables = (Variables: Record<string, string>) => ({
  configuration: { Environment: { Variables } },
});

test('finds nothing where all is well, or the template could not be read', () => {
  expect(findingsOf(well)).toEqual([]);
  expect(findingsOf({ ...well, intended: { function: {}, source: {} } })).toEqual([]);
});

test.for([
  [{ sourceArn: undefined }, 'the stream of the history is missing', '--revert-drift'],
  [{ sourceArn: 'arn:of:a:new:stream' }, 'no event source passes the stream', '--revert-drift'],
  [{ sources: [] }, 'no event source passes the stream', '--revert-drift'],
  [
    withSource({ State: 'Disabled' }),
    `event source${OF}: Disabled, should be Enabled`,
    '--uuid uuid --enabled',
  ],
  [withSource({ LastProcessingResult: 'PROBLEM: denied' }), `result${OF}: PROBLEM: denied`, 'role'],
  [withSource({ DestinationConfig: {} }), `on-failure destination${OF}: none`, '--revert-drift'],
  [
    withSource({ FunctionResponseTypes: [] }),
    'should be ReportBatchItemFailures',
    '--revert-drift',
  ],
  [
    withSource({ MaximumRecordAgeInSeconds: 60 }),
    `maximum record age${OF}: 60 s, should be 43200 s`,
    '--revert-drift',
  ],
  [
    withSource({ MaximumRecordAgeInSeconds: -1 }),
    `maximum record age${OF}: none, should be 43200 s`,
    '--revert-drift',
  ],
  [{ reserved: 0 }, `reserved concurrency${OF}: 0, should be none`, '--function-name'],
  [
    { configuration: { ...well.configuration, State: 'Failed' as const } },
    'is Failed, should be Active',
    '--revert-drift',
  ],
  [withVariables({}), `variable FARM_ID${OF}: none, should be farm-1`, '--revert-drift'],
  [
    withVariables({ FARM_ID: 'farm-1', EVENT_BUS_NAME: 'other' }),
    `variable EVENT_BUS_NAME${OF}: other, should be none`,
    '--revert-drift',
  ],
] as const)('of %j it says so', ([changed, found, mend]) => {
  const findings = findingsOf({ ...well, ...changed } as Deployed);
  expect(findings).toMatchObject([
    { level: 'error', found: expect.stringContaining(found), fix: expect.stringContaining(mend) },
  ]);
});

test('other batches are hints', () => {
  const source = { BatchSize: 100, MaximumBatchingWindowInSeconds: 60 };
  const deployed = { ...well, intended: { ...well.intended, source } };
  const set = { ...withSource({ ...source, MaximumRecordAgeInSeconds: -1 }) };
  expect(findingsOf({ ...deployed, ...set })).toEqual([]);
  expect(findingsOf({ ...deployed, ...withSource({ BatchSize: 10 }) })).toMatchObject([
    { level: 'hint', found: `batch size${OF}: 10, should be 100` },
    { level: 'hint', found: `batching window${OF}: 0 s, should be 60 s` },
  ]);
});

test('what a queue feeds has no destination for what Lambda gives up, and no age', () => {
  const { givenUp, ...consequences } = OF_EVENTS;
  const fed = { ...well, ...withSource({ DestinationConfig: {}, MaximumRecordAgeInSeconds: -1 }) };
  expect(findingsOf(fed)).toHaveLength(2);
  expect(findingsOf(fed, consequences)).toEqual([]);
});
