import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { getProfileName, loadSharedConfigFiles } from '@smithy/core/config';
import { NotReached } from '../../shared/errors.ts';
import { encodingProblem } from '../text-encoding.ts';

/** The certificate authorities to trust, in place of those of Node.js. */
export interface CertificateBundle {
  /** In PEM form. */
  readonly certificates: string;
  /** The file and what names it, as shown to the user. */
  readonly source: string;
}

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g;

/**
 * Reads the bundle that is configured for the AWS CLI and the CDK: by `AWS_CA_BUNDLE`, then by `ca_bundle` in
 * the profile, then by `REQUESTS_CA_BUNDLE`.
 *
 * @returns `undefined` if there is none
 * @throws NotReached if the file cannot be read, or is not a list of certificates in PEM form
 */
export async function readCertificateBundle(
  profile: string | undefined,
): Promise<CertificateBundle | undefined> {
  const [name, file] = (await configuredFile(profile)) ?? [];
  if (name === undefined || file === undefined) return undefined;
  const source = `CA bundle ${file} (${name})`;
  const certificates = await read(file, source);
  const problem = bundleProblem(certificates);
  if (problem !== undefined) throw unusable(source, problem);
  return { certificates: certificates.toString('latin1'), source };
}

async function configuredFile(
  profile: string | undefined,
): Promise<readonly [name: string, file: string] | undefined> {
  const { AWS_CA_BUNDLE, REQUESTS_CA_BUNDLE } = process.env;
  if (AWS_CA_BUNDLE) return ['AWS_CA_BUNDLE', AWS_CA_BUNDLE];
  const { configFile, credentialsFile } = await loadSharedConfigFiles();
  const name = getProfileName(profile === undefined ? {} : { profile });
  const file = credentialsFile[name]?.ca_bundle ?? configFile[name]?.ca_bundle;
  if (file) return [`ca_bundle of the profile ${name}`, file];
  return REQUESTS_CA_BUNDLE ? ['REQUESTS_CA_BUNDLE', REQUESTS_CA_BUNDLE] : undefined;
}

async function read(file: string, source: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (error) {
    throw unusable(source, `cannot be read (${(error as Error).message})`, error);
  }
}

function bundleProblem(bytes: Buffer): string | undefined {
  const certificates = bytes.toString('latin1').match(CERTIFICATE) ?? [];
  if (certificates.length === 0) {
    return encodingProblem(bytes)?.startsWith('is UTF-')
      ? 'is not in UTF-8'
      : 'has no certificate in PEM form';
  }
  const broken = certificates.findIndex((each) => !isCertificate(each));
  return broken === -1 ? undefined : `has a broken certificate, number ${broken + 1}`;
}

function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem) !== undefined;
  } catch {
    return false;
  }
}

function unusable(source: string, problem: string, cause?: unknown): NotReached {
  return new NotReached(
    `The ${source} ${problem}.`,
    'It must be a text file with certificates that begin with -----BEGIN CERTIFICATE-----.',
    { cause },
  );
}
