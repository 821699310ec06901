/** Times of a function's requests. They are short: what has no answer is tried again while there is time. */
export const REQUESTS = {
  connectionTimeout: 1_000,
  requestTimeout: 5_000,
  throwOnRequestTimeout: true,
};

/** Options of a client of which each request is tried once. The caller tries again. */
export const ONCE = { maxAttempts: 1, requestHandler: REQUESTS };

/** A client without the middleware that copies each request and response for a logger, even if there is none. */
export function quiet<Client extends { middlewareStack: { remove(name: string): boolean } }>(
  client: Client,
): Client {
  client.middlewareStack.remove('loggerMiddleware');
  return client;
}
