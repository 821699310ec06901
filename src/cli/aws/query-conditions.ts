/** A condition on a field, with its values and a function that writes it in DynamoDB's syntax. */
export interface Condition {
  readonly path: string;
  readonly values: readonly unknown[];
  readonly expression: (path: string, values: readonly string[]) => string;
}

/** The field has one of the values. */
export function isOneOf(path: string, values: readonly string[]): Condition {
  const expression = (name: string, [first, ...others]: readonly string[]) =>
    others.length === 0 ? `${name} = ${first}` : `${name} IN (${[first, ...others].join(', ')})`;
  return { path, values, expression };
}

export function isAtLeast(path: string, value: number): Condition {
  return { path, values: [value], expression: (name, [least]) => `${name} >= ${least}` };
}

/** A query's expressions, with placeholders for values and for names, as DynamoDB reserves many names. */
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
