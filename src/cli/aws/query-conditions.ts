/** What is asked of a field: in DynamoDB's words, with the values that stand for `?`. */
export interface Condition {
  readonly path: string;
  readonly values: readonly unknown[];
  readonly expression: (path: string, values: readonly string[]) => string;
}

/** A field that has one of some values. */
export function isOneOf(path: string, values: readonly string[]): Condition {
  const expression = (name: string, [first, ...others]: readonly string[]) =>
    others.length === 0 ? `${name} = ${first}` : `${name} IN (${[first, ...others].join(', ')})`;
  return { path, values, expression };
}

export function isAtLeast(path: string, value: number): Condition {
  return { path, values: [value], expression: (name, [least]) => `${name} >= ${least}` };
}

/** A query's expressions, with placeholders for names, of which DynamoDB reserves many, and for values. */
export function conditions(key: readonly Condition[], filters: readonly Condition[]) {
  const names: Record<string, string> = {};
  const values: Record<string, unknown> = {};
  const written = ({ path, values: each, expression }: Condition) => {
    const parts = path.split('.').map((name) => {
      names[`#${name}`] = name;
      return `#${name}`;
    });
    const places = each.map((value) => {
      const place = `:${Object.keys(values).length}`;
      values[place] = value;
      return place;
    });
    return expression(parts.join('.'), places);
  };
  const all = (some: readonly Condition[]) => some.map(written).join(' AND ');
  return {
    KeyConditionExpression: all(key),
    ...(filters.length > 0 && { FilterExpression: all(filters) }),
    ExpressionAttributeNames: names,
    ExpressionAttributeValues: values,
  };
}
