/** Reasons that only say again what the status does, in Deadline's words (its manual, "SQS Notifications"). */
const STOCK_REASON = /^(The Task '.*_\d+' was set to \w+\.?|Job (has|was) \w+\.?)$/;

/** A reason in Deadline's words; empty if it says what the status says anyway. */
export function tellingReason(reason: string | undefined): string {
  return reason === undefined || STOCK_REASON.test(reason) ? '' : reason;
}
