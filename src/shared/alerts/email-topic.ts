import { hash } from 'node:crypto';

/** The end of the name of the SNS topic that sends to an address; its beginning is the same for all of a stack. */
export function emailTopicId(address: string): string {
  return hash('sha256', address.toLowerCase(), 'hex').slice(0, 12);
}
