import { devNull } from 'node:os';
import type { DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';

/**
 * Region and credentials for the local engines. They ignore credentials, and must not be sent those of a
 * real account.
 */
export const LOCAL = {
  region: 'us-east-1',
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
} satisfies DynamoDBClientConfig;

/**
 * Makes this process's AWS SDK clients call DynamoDB Local, whatever account and endpoints the environment
 * is set up for.
 */
export function useLocalEngines(dynamoDbEndpoint: string): void {
  delete process.env.AWS_PROFILE;
  delete process.env.AWS_SESSION_TOKEN;
  Object.assign(process.env, localEngines(dynamoDbEndpoint, LOCAL.credentials));
}

/** Environment variables that make AWS SDK clients call a DynamoDB on this machine. */
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
