import { cpSync, existsSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { AssetHashType, DockerImage } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { bundleFunction, PACKED } from './function-bundle.ts';

/** Texts of files beside a bundle, by their names. */
type Files = Readonly<Record<string, string>>;

/**
 * The code of the function with an entry point: the packed package's bundle; in a clone, one built at each
 * synthesis, so that it is never stale.
 *
 * @param files are put beside the bundle
 */
export function functionCode(entry: string, files: Files = {}): Code {
  const packed = join(import.meta.dirname, PACKED[entry] ?? '');
  const isPacked = existsSync(join(packed, 'index.js'));
  if (isPacked && Object.keys(files).length === 0) return Code.fromAsset(packed);
  return Code.fromAsset(isPacked ? packed : dirname(entry), {
    assetHashType: AssetHashType.OUTPUT,
    bundling: {
      image: DockerImage.fromRegistry('none'), // required, but never used
      // Neither is this, but the CDK bundles only once what has the same source and options.
      environment: { ...files, entry: basename(entry) },
      local: {
        tryBundle(folder) {
          if (isPacked) cpSync(packed, folder, { recursive: true });
          else bundleFunction(folder, entry);
          for (const [name, text] of Object.entries(files)) {
            writeFileSync(join(folder, name), text);
          }
          return true;
        },
      },
    },
  });
}
