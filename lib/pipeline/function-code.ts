import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { AssetHashType, DockerImage } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { bundleFunction, PACKED } from './function-bundle.ts';

/**
 * The code of the function with an entry point: the packed package's bundle; in a clone, one built at each
 * synthesis, so that it is never stale.
 */
export function functionCode(entry: string): Code {
  const packed = join(import.meta.dirname, PACKED[entry] ?? '');
  if (existsSync(join(packed, 'index.js'))) return Code.fromAsset(packed);
  return Code.fromAsset(dirname(entry), {
    assetHashType: AssetHashType.OUTPUT,
    bundling: {
      image: DockerImage.fromRegistry('none'), // required, but never used
      local: {
        tryBundle(folder) {
          bundleFunction(folder, entry);
          return true;
        },
      },
    },
  });
}
