/** What is known of a request to AWS before its answer is read. */
export interface Asked {
  readonly headers: Readonly<Record<string, string>>;
}

/** An answer's status and headers, in lower case. */
export interface Answered {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
}

const REQUEST_ID = /^x-amzn?-request-?id$/;

/** Whether an answer has the id that AWS gives each request, so that its body need not be looked at. */
export function hasRequestId({ headers }: Answered): boolean {
  return Object.keys(headers).some((name) => REQUEST_ID.test(name));
}

/**
 * Whether an answer without a request id, as of local engines, is in the form of AWS's protocols: XML to a
 * form, otherwise JSON.
 */
export function looksLikeAws({ headers }: Asked, { statusCode }: Answered, body: string): boolean {
  if (statusCode >= 300 && statusCode < 400) return false; // no AWS service used here redirects
  const isForm = headers['content-type']?.startsWith('application/x-www-form-urlencoded');
  if (isForm) return /^\s*(<\?xml[^>]*>\s*)?<\w+Response[\s>]/.test(body);
  const answer = jsonObject(body);
  if (answer === undefined) return false;
  if (statusCode >= 400) return '__type' in answer || 'code' in answer;
  // The answers of services that are asked by a target have only names that begin with a capital.
  return headers['x-amz-target'] === undefined || Object.keys(answer).every(isCapitalized);
}

function isCapitalized(name: string): boolean {
  return /^[A-Z]/.test(name);
}

function jsonObject(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
