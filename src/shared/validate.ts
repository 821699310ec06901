import * as z from 'zod/mini';
import { InvalidNotification, shorten } from './errors.ts';

/**
 * The part of a value that its schema names.
 *
 * @throws InvalidNotification naming the first field that does not fit, or `body` as a whole
 */
export function validate<T>(schema: z.ZodMiniType<T>, value: unknown): T {
  const { success, data, error } = z.safeParse(schema, value);
  if (success) return data;
  const [{ message, path }] = error.issues as [z.core.$ZodIssue];
  throw new InvalidNotification(message, path.length > 0 ? path.map(String) : ['body']);
}

/** The message for a field that breaks a rule, such as `must('be a string')`, in the form that zod takes. */
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

/** A JSON object, and not a value with a class of its own, which says in its `toString` what it is. */
function isMap(value: unknown): boolean {
  return (
    typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype
  );
}
