import { Annotations } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/**
 * A value of the context, such as `-c newestBy=timestamp`; the first of the possible ones where there
 * is none. A wrong one is an error of the synthesis.
 */
export function choice<T extends string>(
  scope: Construct,
  name: string,
  possible: readonly [T, ...T[]],
): T {
  const [standard] = possible;
  const wanted = scope.node.tryGetContext(name) ?? standard;
  if (possible.includes(wanted)) return wanted;
  const message = `The context value ${name} must be one of ${possible.join(', ')}, not ${wanted}.`;
  Annotations.of(scope).addError(message);
  return standard;
}
