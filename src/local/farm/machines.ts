import type { Random } from './random.ts';

/** A machine that renders one task at a time. */
export interface Machine {
  readonly name: string;
  /** The `Source` of its notifications. */
  readonly source: string;
  readonly cpus: number;
  readonly ramBytes: number;
  /** The `AWSInfo` of an EC2 instance; empty for the studio's own machines. */
  readonly awsInfo: { readonly [name: string]: string };
  /** When it is lost for the rest of the night, in ms since the epoch; `Infinity` if it is not. */
  readonly lostAt: number;
}

const COUNT = 36;
/** Machines with a higher number are EC2 instances. */
const ON_PREMISES = 26;
const PERCENT_LOST = 15;
const GIB = 2 ** 30;

/**
 * Creates the farm's machines: the same every night, except for those that are lost.
 *
 * @param start of the night, in ms since the epoch
 * @param length of the night, in ms
 */
export function createMachines(start: number, length: number, random: Random): Machine[] {
  return Array.from({ length: COUNT }, (_, index) => {
    const number = index + 1;
    const isInstance = number > ON_PREMISES;
    const cpus = isInstance ? 48 : ([32, 32, 64, 24][index % 4] as number);
    return {
      name: `render-${String(number).padStart(3, '0')}`,
      source: `Worker-${1_000_000 + number * 7_919}`,
      cpus,
      ramBytes: cpus * 4 * GIB,
      awsInfo: isInstance ? awsInfo(number) : {},
      lostAt: random.chance(PERCENT_LOST) ? start + random.int(0, length) : Infinity,
    };
  });
}

/** Deadline does not document these field names; they are EC2's. */
function awsInfo(number: number) {
  return {
    InstanceId: `i-0a1f${(number * 123_456_789_012_345).toString(16).padStart(13, '0')}`,
    InstanceType: 'c6i.12xlarge',
    AvailabilityZone: `us-east-1${'abc'[number % 3]}`,
  };
}
