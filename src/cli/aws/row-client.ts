import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { rowNumber } from './row-summary.ts';

/** A client whose items are plain JavaScript values, with exact numbers. */
export function rowClient(dynamoDb: DynamoDBClient): DynamoDBDocumentClient {
  return DynamoDBDocumentClient.from(dynamoDb, { unmarshallOptions: { wrapNumbers: rowNumber } });
}
