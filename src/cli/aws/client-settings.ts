/**
 * Timeouts of the SDK's clients, in ms, after which they retry: a connection can die silently, before the
 * response or in the middle of it.
 */
export function requestTimeouts(longest: number): object {
  return {
    connectionTimeout: longest / 2,
    requestTimeout: longest,
    socketTimeout: longest,
    throwOnRequestTimeout: true,
  };
}
