import { devNull } from 'node:os';
import type { DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';

/**
 * What the local engines are called with: they look at no credentials, and none of a real account
 * should reach them.
 */
export const LOCAL = {
  region: 'us-east-1',
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
} satisfies DynamoDBClientConfig;

/**
 * Makes the AWS SDK clients of this process call DynamoDB Local, whatever account and endpoints it was set
 * up for.
 */
export function useLocalEngines(dynamoDbEndpoint: string): void {
  delete process.env.AWS_PROFILE;
  delete process.env.AWS_SESSION_TOKEN;
  Object.assign(process.env, localEngines(dynamoDbEndpoint, LOCAL.credentials));
}

/** What makes AWS SDK clients call a DynamoDB of this machine. */
export function localEngines(
  dynamoDbEndpoint: string,
  { accessKeyId, secretAccessKey }: typeof LOCAL.credentials,
): Record<string, string> {
  return {
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
    AWS_REGION: LOCAL.region,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_ENDPOINT_URL_DYNAMODB: dynamoDbEndpoint,
    AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'false',
    AWS_USE_DUALSTACK_ENDPOINT: 'false',
    AWS_USE_FIPS_ENDPOINT: 'false',
  };
}
