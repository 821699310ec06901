import type { DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';

/**
 * What the local engines are to be called with: they look at no credentials, and none of a real
 * account should reach them.
 */
export const LOCAL = {
  region: 'us-east-1',
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
} satisfies DynamoDBClientConfig;

/** Makes this process's AWS SDK clients call the local engines, whatever account it was set up for. */
export function useLocalEngines(dynamoDbEndpoint: string): void {
  delete process.env.AWS_PROFILE;
  delete process.env.AWS_SESSION_TOKEN;
  Object.assign(process.env, {
    AWS_REGION: LOCAL.region,
    AWS_ACCESS_KEY_ID: LOCAL.credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: LOCAL.credentials.secretAccessKey,
    AWS_ENDPOINT_URL_DYNAMODB: dynamoDbEndpoint,
  });
}
