import { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, Billing, type TablePropsV2, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';

const COMMON: Omit<TablePropsV2, 'partitionKey'> = {
  billing: Billing.onDemand(),
  pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
  deletionProtection: true,
  removalPolicy: RemovalPolicy.RETAIN,
};

/** The tables of Deadline's manual: one row a job, one row a task. */
export class NotificationTables extends Construct {
  readonly jobs: TableV2;
  readonly tasks: TableV2;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const partitionKey = { name: 'job_id', type: AttributeType.STRING };
    this.jobs = new TableV2(this, 'Jobs', {
      ...COMMON,
      tableName: 'DeadlineJobNotifications',
      partitionKey,
    });
    this.tasks = new TableV2(this, 'Tasks', {
      ...COMMON,
      tableName: 'DeadlineTaskNotifications',
      partitionKey,
      sortKey: { name: 'task_id', type: AttributeType.NUMBER },
    });
  }
}
