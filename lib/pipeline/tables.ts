import { RemovalPolicy } from 'aws-cdk-lib';
import {
  type Attribute,
  AttributeType,
  Billing,
  type GlobalSecondaryIndexPropsV2,
  type ITableV2,
  ProjectionType,
  StreamViewType,
  type TablePropsV2,
  TableV2,
} from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';
import { EXPIRES_AT } from '../../src/shared/attribute-names.ts';
import { indexesWith, SORT_KEY, type TableIndex } from '../../src/shared/indexes.ts';
import type { Kind } from '../../src/shared/kinds.ts';
import type { Names } from '../../src/shared/resource-names.ts';
import { TABLE_KEYS, type TableKey } from '../../src/shared/table-keys.ts';
import { alertsOf } from '../alerts/alert-setting.ts';
import type { Configuration } from '../configuration.ts';

/** A table of the stack, or an existing one. */
export type NotificationTable = TableV2 | ITableV2;

/** The tables described in Deadline's manual, one row per job and one row per task, and the history. */
export class NotificationTables extends Construct {
  readonly jobs: NotificationTable;
  readonly tasks: NotificationTable;
  /** One entry a notification. Only where the history is on. */
  readonly history: TableV2 | undefined;
  /** The indexes of both, also of existing tables, which get theirs by a command. */
  readonly indexes: readonly TableIndex[];

  constructor(scope: Construct, id: string, configuration: Configuration, names: Names) {
    super(scope, id);
    const { existingJobTable, existingTaskTable, removalPolicy, retentionDays } = configuration;
    this.indexes = indexesWith(configuration.rendering);
    const isKept = removalPolicy === 'retain';
    const common: TablePropsV2 = {
      partitionKey: attribute(TABLE_KEYS.job[0]),
      billing: Billing.onDemand(),
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: isKept,
      // Not RETAIN_ON_UPDATE_OR_DELETE: a first deploy that fails would then delete the tables, which DynamoDB
      // refuses while they are protected, so that the rollback would fail, too.
      removalPolicy: isKept ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    };
    const rows = {
      ...common,
      ...(retentionDays !== undefined && { timeToLiveAttribute: EXPIRES_AT }),
    };
    this.jobs = existingJobTable
      ? TableV2.fromTableName(this, 'Jobs', existingJobTable)
      : new TableV2(this, 'Jobs', {
          ...rows,
          tableName: names.jobTable,
          globalSecondaryIndexes: this.#indexProps('job'),
        });
    this.tasks = existingTaskTable
      ? TableV2.fromTableName(this, 'Tasks', existingTaskTable)
      : new TableV2(this, 'Tasks', {
          ...rows,
          tableName: names.taskTable,
          sortKey: attribute(TABLE_KEYS.task[1]),
          globalSecondaryIndexes: this.#indexProps('task'),
        });
    if (configuration.history !== 'off') {
      const isRead = configuration.events === 'on' || alertsOf(configuration.alerts).length > 0;
      this.history = new TableV2(this, 'History', {
        ...common,
        tableName: names.historyTable,
        sortKey: attribute(TABLE_KEYS.history[1]),
        timeToLiveAttribute: EXPIRES_AT,
        ...(isRead && { dynamoStream: StreamViewType.NEW_IMAGE }),
      });
    }
  }

  #indexProps(kind: Kind): GlobalSecondaryIndexPropsV2[] {
    return this.indexes.filter((index) => index.kind === kind).map(indexProps);
  }
}

function attribute({ name, type }: TableKey): Attribute {
  return { name, type: type === 'S' ? AttributeType.STRING : AttributeType.NUMBER };
}

function indexProps({ name, partitionKey, columns }: TableIndex): GlobalSecondaryIndexPropsV2 {
  return {
    indexName: name,
    partitionKey: { name: partitionKey, type: AttributeType.STRING },
    sortKey: { name: SORT_KEY, type: AttributeType.NUMBER },
    projectionType: ProjectionType.INCLUDE,
    nonKeyAttributes: [...columns],
  };
}
