import type { Alert } from '../shared/alerts/alert.ts';
import { templateText } from '../shared/alerts/message-template.ts';
import { NotFound } from '../shared/errors.ts';
import type {
  AlertsAnswer,
  AlertsRequest,
  ListedAlert,
  SamplesAnswer,
} from './message/channel-message.ts';
import type { MessageView } from './render/render-message.ts';
import { samplesOf } from './samples-of-alert.ts';

/**
 * Answers what the command line asks.
 *
 * @throws NotFound naming the alerts that there are, if it asks for another
 */
export async function answerAbout(
  request: AlertsRequest,
  alerts: readonly Alert[],
  view: MessageView,
): Promise<AlertsAnswer | SamplesAnswer> {
  if (request.ask === 'alerts') return { alerts: alerts.map(toListed) };
  const alert = alerts.find(({ name }) => name === request.alert);
  if (alert === undefined) {
    const names = alerts.map(({ name }) => name).join(', ') || 'none';
    throw new NotFound(`No alert is named ${JSON.stringify(request.alert)}. There are: ${names}.`);
  }
  return { messages: await samplesOf(alert, view) };
}

function toListed({ name, when, filters, to, message, mention }: Alert): ListedAlert {
  return {
    name,
    when,
    filters,
    to: to.map(({ text }) => text),
    message: message ? templateText(message) : null,
    mention: Object.fromEntries(mention),
  };
}
