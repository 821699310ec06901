import { isServerError, isThrottlingError, isTransientError } from '@smithy/core/retry';
import type { SdkError } from '@smithy/types';

/** Whether a request that failed with this error may succeed later: AWS was busy, or the connection broke. */
export function isTemporary(error: unknown): boolean {
  return (
    isThrottlingError(error as SdkError) ||
    isTransientError(error as SdkError) ||
    isServerError(error as SdkError) ||
    error instanceof SyntaxError // the response was truncated
  );
}
