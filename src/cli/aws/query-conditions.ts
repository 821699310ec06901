/** A condition on a field, with its values and a function that writes it in DynamoDB's syntax. */
export interface Condition {
  readonly path: string;
  readonly values: readonly unknown[];
  readonly expression: (path: string, values: readonly string[]) => string;
}

/** The field has one of the values. */
export function isOneOf(path: string, values: readonly unknown[]): Condition {
  const expression = (name: string, [first, ...others]: readonly string[]) =>
    others.length === 0 ? `${name} = ${first}` : `${name} IN (${[first, ...others].join(', ')})`;
  return { path, values, expression };
}

/** The field is a text, but neither empty nor one of the values. */
export function isOtherText(path: string, values: readonly string[]): Condition {
  const expression = (name: string, [type, ...others]: readonly string[]) =>
    `attribute_type(${name}, ${type}) AND NOT ${name} IN (${others.join(', ')})`;
  return { path, values: ['S', '', ...values], expression };
}

/** The field has another value, or is not there. */
export function isNot(path: string, value: string): Condition {
  return { path, values: [value], expression: (name, [other]) => `NOT ${name} = ${other}` };
}

/** Both ends are included. */
export function isBetween(path: string, least: number, most: number): Condition {
  const expression = (name: string, [first, last]: readonly string[]) =>
    `${name} BETWEEN ${first} AND ${last}`;
  return { path, values: [least, most], expression };
}

export function isAtLeast(path: string, value: string): Condition {
  return { path, values: [value], expression: (name, [least]) => `${name} >= ${least}` };
}

export function isLessThan(path: string, value: string): Condition {
  return { path, values: [value], expression: (name, [most]) => `${name} < ${most}` };
}

export function isMoreThan(path: string, value: number): Condition {
  return { path, values: [value], expression: (name, [most]) => `${name} > ${most}` };
}

/**
 * A query's expressions, with placeholders for values and for names, as DynamoDB reserves many names.
 *
 * @param fields the paths of the fields to return; all if there are none
 */
export function conditions(
  key: readonly Condition[],
  filters: readonly Condition[],
  fields: readonly string[] = [],
) {
  const names: Record<string, string> = {};
  const values: Record<string, unknown> = {};
  const named = (path: string) => {
    const parts = path.split('.').map((name) => {
      names[`#${name}`] = name;
      return `#${name}`;
    });
    return parts.join('.');
  };
  const written = ({ path, values: each, expression }: Condition) => {
    const places = each.map((value) => {
      const place = `:${Object.keys(values).length}`;
      values[place] = value;
      return place;
    });
    return expression(named(path), places);
  };
  const all = (some: readonly Condition[]) => some.map(written).join(' AND ');
  return {
    KeyConditionExpression: all(key),
    ...(filters.length > 0 && { FilterExpression: all(filters) }),
    ...(fields.length > 0 && { ProjectionExpression: fields.map(named).join(', ') }),
    ExpressionAttributeNames: names,
    ExpressionAttributeValues: values,
  };
}

/** What a scan returns, with placeholders as in `conditions`. */
export function filter(filters: readonly Condition[]) {
  const { KeyConditionExpression: _, ...scan } = conditions([], filters);
  return scan;
}

/** Which fields a read by key returns, with placeholders as in `conditions`. */
export function projection(fields: readonly string[]) {
  const { ProjectionExpression, ExpressionAttributeNames } = conditions(
    [],
    [],
    [...new Set(fields)],
  );
  return { ProjectionExpression, ExpressionAttributeNames };
}
