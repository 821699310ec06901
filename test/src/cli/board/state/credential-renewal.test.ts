import { expect, test } from 'vitest';
import {
  credentialRenewal,
  type Profile,
} from '../../../../../src/cli/board/state/credential-renewal.ts';

const profiles: Record<string, Profile> = {
  default: { login_session: 'arn:aws:iam::111122223333:user/wrangler' },
  farm: { sso_session: 'studio' },
  old: { sso_start_url: 'https://studio.awsapps.com/start' },
  role: { role_arn: 'arn:aws:iam::111122223333:role/Farm', source_profile: 'farm' },
  ring: { role_arn: 'arn', source_profile: 'ring2' },
  ring2: { role_arn: 'arn', source_profile: 'ring' },
  tool: { credential_process: 'studio-login' },
  keys: { aws_access_key_id: 'ASIA', aws_session_token: 'x' },
};

test.for<
  [profile: string | undefined, environment: NodeJS.ProcessEnv, command: string | null, RegExp]
>([
  ['farm', {}, 'aws sso login --profile farm', /Renew them in any terminal/],
  ['old', {}, 'aws sso login --profile old', /Renew them/],
  ['role', {}, 'aws sso login --profile farm', /Renew them/],
  [undefined, {}, 'aws login', /Renew them/],
  [undefined, { AWS_PROFILE: 'farm' }, 'aws sso login --profile farm', /Renew them/],
  ['tool', {}, null, /credential_process/],
  ['keys', {}, null, /Put new ones in its file/],
  ['ring', {}, null, /Renew them/],
  ['none', {}, null, /Renew them/],
  [undefined, { AWS_ACCESS_KEY_ID: 'ASIA' }, null, /Stop the board, set new ones, and start it/],
  ['farm', { AWS_ACCESS_KEY_ID: 'ASIA' }, 'aws sso login --profile farm', /Renew them/],
])('%s with %o: %s', ([profile, environment, command, sentence]) => {
  const renewal = credentialRenewal(profile, environment, profiles);
  expect(renewal.command).toBe(command);
  expect(renewal.sentence).toMatch(sentence);
});
