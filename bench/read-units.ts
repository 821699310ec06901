import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { PRICES } from './cost/prices.ts';
import { HOURS_PER_MONTH } from './cost/usage.ts';

/** A query takes half a unit, even if it finds nothing. */
const LEAST_UNITS = 0.5;

/** Counts the read units that the answers to a client consume, as DynamoDB bills them. */
export class ReadUnits {
  #units = 0;

  constructor({ middlewareStack }: DynamoDBClient) {
    middlewareStack.add(
      (next) => async (request) => {
        const input = { ...request.input, ReturnConsumedCapacity: 'TOTAL' as const };
        const answer = await next({ ...request, input });
        const { ConsumedCapacity = [] } = answer.output as Consumed;
        for (const { CapacityUnits = 0 } of [ConsumedCapacity].flat()) {
          this.#units += Math.max(LEAST_UNITS, CapacityUnits);
        }
        return answer;
      },
      { step: 'initialize', name: 'readUnits' },
    );
  }

  /** The units since it was last asked. */
  take(): number {
    const units = this.#units;
    this.#units = 0;
    return units;
  }
}

/** Of the output of a read; a list of the tables for those of several. */
interface Consumed {
  readonly ConsumedCapacity?: Capacity | readonly Capacity[];
}

interface Capacity {
  readonly CapacityUnits?: number | undefined;
}

/** The price of read units, in dollars. */
export function readPrice(units: number): number {
  return (units * PRICES.read.usd) / PRICES.read.size;
}

/** The price of a month of so many read units each hour, in dollars. */
export function monthlyReadPrice(unitsPerHour: number): number {
  return readPrice(unitsPerHour * HOURS_PER_MONTH);
}
