import * as z from 'zod/mini';
import { InvalidNotification, shorten } from './errors.ts';

/**
 * Validates a value, and returns the fields that its schema names.
 *
 * @throws InvalidNotification naming the first invalid field, or `body` for the whole value
 */
export function validate<T>(schema: z.ZodMiniType<T>, value: unknown): T {
  const { success, data, error } = z.safeParse(schema, value);
  if (success) return data;
  const [{ message, path }] = error.issues as [z.core.$ZodIssue];
  throw new InvalidNotification(message, path.length > 0 ? path.map(String) : ['body']);
}

/** A zod error message for a field that breaks a rule, such as `must('be a string')`. */
export function must(rule: string): { error: (issue: { readonly input?: unknown }) => string } {
  return {
    error: ({ input }) =>
      input === undefined ? 'is missing' : `must ${rule}, not ${shown(input)}`,
  };
}

function shown(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(shorten(value));
  if (Array.isArray(value)) return 'a list';
  return isMap(value) ? 'an object' : shorten(String(value));
}

/** Whether a value is a plain JSON object. Instances of classes have their own `toString`. */
function isMap(value: unknown): boolean {
  return (
    typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype
  );
}
