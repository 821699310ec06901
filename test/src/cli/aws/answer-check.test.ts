import { expect, test } from 'vitest';
import { looksLikeAws } from '../../../../src/cli/aws/answer-check.ts';

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
const JSON_TARGET = {
  'content-type': 'application/x-amz-json-1.0',
  'x-amz-target': 'DynamoDB_20120810.GetItem',
};
const REST = {};
const looks = (headers: Record<string, string>, statusCode: number, body: string) =>
  looksLikeAws({ headers }, { statusCode, headers: {} }, body);

test.for([
  [FORM, 200, '<DescribeStacksResponse xmlns="http://x"><a/></DescribeStacksResponse>'],
  [FORM, 200, '<?xml version="1.0"?>\n<GetPolicyResponse></GetPolicyResponse>'],
  [FORM, 400, '\n<ErrorResponse><Error/></ErrorResponse>'],
  [JSON_TARGET, 200, '{}'],
  [JSON_TARGET, 200, '{"Item": {"job_id": {"S": "a"}}}'],
  [JSON_TARGET, 400, '{"__type": "a#ValidationException", "message": "no"}'],
  [JSON_TARGET, 500, '{"__type": "InternalServerError"}'],
  [REST, 200, '{"EventSourceMappings": []}'],
] as const)('%j %i %s is AWS', ([headers, status, body]) => {
  expect(looks(headers, status, body)).toBe(true);
});

test.for([
  [FORM, 200, '<html><body>login</body></html>'],
  [FORM, 200, '<!DOCTYPE html><html>'],
  [FORM, 200, ''],
  [FORM, 200, '{"error": "login"}'],
  [FORM, 403, 'Forbidden'],
  [FORM, 302, '<ErrorResponse><Error/></ErrorResponse>'],
  [JSON_TARGET, 200, '<html>'],
  [JSON_TARGET, 200, ''],
  [JSON_TARGET, 200, '"ok"'],
  [JSON_TARGET, 200, '[]'],
  [JSON_TARGET, 200, 'null'],
  [JSON_TARGET, 200, '{"status": "login required"}'],
  [JSON_TARGET, 302, '{}'],
  [JSON_TARGET, 403, '{"error": "blocked"}'],
  [JSON_TARGET, 511, ''],
  [REST, 200, '<html>'],
] as const)('%j %i %s is not', ([headers, status, body]) => {
  expect(looks(headers, status, body)).toBe(false);
});
