import type { Random } from './random.ts';

/** A machine that renders one task at a time. */
export interface Machine {
  readonly name: string;
  /** What its notifications say that they come from. */
  readonly source: string;
  readonly cpus: number;
  readonly ramBytes: number;
  /** What describes it where it is an instance of EC2; nothing where it is the studio's own. */
  readonly awsInfo: { readonly [name: string]: string };
  /** When it is lost for the rest of the night, in ms since the epoch; `Infinity`: not at all. */
  readonly lostAt: number;
}

const COUNT = 36;
/** Those with a higher number are instances of EC2. */
const ON_PREMISES = 26;
const PERCENT_LOST = 15;
const GIB = 2 ** 30;

/** The farm's machines, which are the same every night; which of them are lost is not. */
export function machines(start: number, length: number, random: Random): Machine[] {
  return Array.from({ length: COUNT }, (_, index) => {
    const number = index + 1;
    const isInstance = number > ON_PREMISES;
    const cpus = isInstance ? 48 : ([32, 32, 64, 24][index % 4] as number);
    return {
      name: `render-${String(number).padStart(3, '0')}`,
      source: `Worker-${1_000_000 + number * 7_919}`,
      cpus,
      ramBytes: cpus * 4 * GIB,
      awsInfo: isInstance ? instance(number) : {},
      lostAt: random.chance(PERCENT_LOST) ? start + random.int(0, length) : Infinity,
    };
  });
}

/** The names are EC2's own: Deadline documents none. */
function instance(number: number) {
  return {
    InstanceId: `i-0a1f${(number * 123_456_789_012_345).toString(16).padStart(13, '0')}`,
    InstanceType: 'c6i.12xlarge',
    AvailabilityZone: `us-east-1${'abc'[number % 3]}`,
  };
}
