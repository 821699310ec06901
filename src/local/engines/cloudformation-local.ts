import { text } from 'node:stream/consumers';
import { type LoopbackServer, startLoopbackServer } from './loopback-server.ts';

/**
 * Answers `DescribeStacks` for one stack, on the loopback interface, so that commands find the local stack
 * by its outputs, in the same way as a deployed one.
 *
 * @param port the port to listen on; 0 for any that is free
 * @throws CannotStart when the port is taken
 */
export async function startCloudFormationLocal(
  stackName: string,
  outputs: Readonly<Record<string, string>>,
  port = 0,
): Promise<LoopbackServer> {
  return startLoopbackServer(async (request, response) => {
    const asked = new URLSearchParams(await text(request));
    const isKnown =
      asked.get('Action') === 'DescribeStacks' && asked.get('StackName') === stackName;
    response.writeHead(isKnown ? 200 : 400, { 'content-type': 'text/xml' });
    response.end(isKnown ? description(stackName, outputs) : refusal(asked, stackName));
  }, port);
}

function description(stackName: string, outputs: Readonly<Record<string, string>>): string {
  const members = Object.entries(outputs).map(
    ([key, value]) =>
      `<member><OutputKey>${key}</OutputKey><OutputValue>${escaped(value)}</OutputValue></member>`,
  );
  return `<DescribeStacksResponse><DescribeStacksResult><Stacks><member>
    <StackName>${stackName}</StackName><StackStatus>CREATE_COMPLETE</StackStatus>
    <CreationTime>${new Date().toISOString()}</CreationTime>
    <Outputs>${members.join('')}</Outputs>
  </member></Stacks></DescribeStacksResult></DescribeStacksResponse>`;
}

function refusal(asked: URLSearchParams, stackName: string): string {
  const message = `cannot answer ${asked.get('Action')} for ${asked.get('StackName')}: the local pipeline only has the stack ${stackName}`;
  return `<ErrorResponse><Error><Type>Sender</Type><Code>ValidationError</Code><Message>${escaped(message)}</Message></Error></ErrorResponse>`;
}

function escaped(value: string): string {
  return value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
