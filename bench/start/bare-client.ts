import { DynamoDBClient } from '@aws-sdk/client-dynamodb';

/** The least that a function needs to call DynamoDB. */
export const client = new DynamoDBClient({});
