import { DynamoDBClient } from '@aws-sdk/client-dynamodb';

/** The least that a function needs which calls DynamoDB. */
export const client = new DynamoDBClient({});
