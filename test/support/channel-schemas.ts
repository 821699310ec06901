import { Ajv2020, type AnySchema } from 'ajv/dist/2020.js';
import { LOG_LIMITS } from '../../src/alerts/render/log-line.ts';
import { MAIL_LIMITS } from '../../src/alerts/render/mail-text.ts';
import { SLACK_LIMITS } from '../../src/alerts/render/slack-blocks.ts';
import { TEAMS_LIMITS } from '../../src/alerts/render/teams-card.ts';
import { WEBHOOK_LIMITS } from '../../src/alerts/render/webhook-body.ts';
import type { ChannelKind } from '../../src/shared/alerts/channel.ts';

/** No half of a surrogate pair, no control but line ends, nothing that reorders a line, nothing empty. */
const SHOWN = String.raw`^[^\p{Cs}\p{Bidi_Control}\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029]+$`;
const text = (maxLength: number) => ({ type: 'string', minLength: 1, maxLength, pattern: SHOWN });
const object = (properties: Record<string, AnySchema>, optional: readonly string[] = []) => ({
  type: 'object',
  properties,
  required: Object.keys(properties).filter((name) => !optional.includes(name)),
  additionalProperties: false,
});
const list = (items: AnySchema, maxItems: number, minItems = 1) => ({
  type: 'array',
  items,
  minItems,
  maxItems,
});
const is = (value: unknown) => ({ const: value });

/** Block Kit: https://docs.slack.dev/reference/block-kit/blocks/rich-text-block and the context block's page. */
const style = object({ bold: is(true), code: is(true) }, ['bold', 'code']);
const richTextElement = {
  oneOf: [
    object({ type: is('text'), text: text(3_000), style }, ['style']),
    object({ type: is('emoji'), name: { type: 'string', pattern: '^[a-z_]+$' } }),
    object({ type: is('user'), user_id: { type: 'string', pattern: '^[UW][A-Z0-9]+$' } }),
  ],
};
const slack = object({
  text: text(SLACK_LIMITS.text),
  unfurl_links: is(false),
  blocks: list(
    {
      oneOf: [
        object({
          type: is('rich_text'),
          elements: list(
            {
              oneOf: [
                object({ type: is('rich_text_section'), elements: list(richTextElement, 50) }),
                object({
                  type: is('rich_text_preformatted'),
                  elements: list(object({ type: is('text'), text: text(3_000) }), 50),
                }),
              ],
            },
            50,
          ),
        }),
        object({
          type: is('context'),
          elements: list(
            object({ type: is('plain_text'), text: text(3_000), emoji: is(false) }),
            10,
          ),
        }),
      ],
    },
    SLACK_LIMITS.blocks,
  ),
});

/** https://discord.com/developers/docs/resources/webhook#execute-webhook, and "Embed Limits" there. */
const snowflake = { type: 'string', pattern: '^\\d{17,20}$' };
const discord = {
  ...object(
    {
      content: text(2_000),
      allowed_mentions: object({ parse: list({}, 0, 0), users: list(snowflake, 1) }, ['users']),
      embeds: list(
        object({
          title: text(256),
          color: { type: 'integer', minimum: 0, maximum: 0xffffff },
          description: text(4_096),
          fields: list(object({ name: text(256), value: text(1_024), inline: is(false) }), 25, 0),
          footer: object({ text: text(2_048) }),
          timestamp: { type: 'string', pattern: '^\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z$' },
        }),
        1,
      ),
    },
    ['content', 'embeds'],
  ),
  anyOf: [{ required: ['content'] }, { required: ['embeds'] }],
};

/** Of Adaptive Cards 1.4 what is used: https://adaptivecards.io/explorer; of Teams, "Format cards in Teams". */
const run = object(
  {
    type: is('TextRun'),
    text: text(3_000),
    weight: is('Bolder'),
    color: { enum: ['Attention', 'Warning', 'Accent', 'Default'] },
    isSubtle: is(true),
    fontType: is('Monospace'),
  },
  ['weight', 'color', 'isSubtle', 'fontType'],
);
const richText = object(
  { type: is('RichTextBlock'), inlines: list(run, 20), spacing: is('None') },
  ['spacing'],
);
const mention = String.raw`^<at>[\p{L}\p{N} ]+</at>$`;
const teams = object({
  type: is('message'),
  attachments: list(
    object({
      contentType: is('application/vnd.microsoft.card.adaptive'),
      contentUrl: is(null),
      content: object({
        $schema: is('http://adaptivecards.io/schemas/adaptive-card.json'),
        type: is('AdaptiveCard'),
        version: is('1.4'),
        fallbackText: text(300),
        body: list(
          {
            oneOf: [
              object({
                type: is('Container'),
                style: { enum: ['attention', 'warning', 'accent', 'default'] },
                bleed: is(true),
                items: list(richText, 1),
              }),
              richText,
              object({
                type: is('TextBlock'),
                text: { type: 'string', pattern: mention },
                wrap: is(true),
              }),
            ],
          },
          30,
        ),
        msteams: object(
          {
            width: is('Full'),
            entities: list(
              object({
                type: is('mention'),
                text: { type: 'string', pattern: mention },
                mentioned: object({ id: text(320), name: text(100) }),
              }),
              1,
            ),
          },
          ['entities'],
        ),
      }),
    }),
    1,
  ),
});

/** SNS, `Publish`: the stricter of its references. */
const mail = object({
  subject: { type: 'string', pattern: '^[!-~][ -~]{0,98}$' },
  text: text(8_192),
});

const log = {
  type: 'object',
  properties: {
    level: { enum: ['INFO', 'WARN'] },
    message: is('alert'),
    alert: text(40),
    transition: { type: 'string' },
    count: { type: 'integer' },
    at: { type: 'string' },
    text: text(1_000),
  },
  required: ['level', 'message', 'alert', 'transition', 'count', 'at', 'text'],
};

const nullable = (type: string) => ({ type: [type, 'null'] });
const transition = {
  type: 'object',
  properties: {
    id: { type: 'string' },
    at: { type: 'string' },
    job: { type: 'string' },
    task: nullable('integer'),
    transition: { type: 'string' },
    status: nullable('string'),
    reason: nullable('string'),
    worker: nullable('string'),
    frames: nullable('string'),
    errors: nullable('number'),
  },
  required: 'id at job task transition status reason worker frames errors'.split(' '),
};
const webhook = object({ alert: text(40), transitions: list(transition, 100) });

const SCHEMAS: Readonly<Record<ChannelKind, AnySchema>> = {
  slack,
  discord,
  teams,
  email: mail,
  sns: mail,
  log,
  webhook,
};

/** What we keep to, far below what the channels take. */
const MOST_BYTES: Readonly<Partial<Record<ChannelKind, number>>> = {
  teams: TEAMS_LIMITS.bytes,
  email: MAIL_LIMITS.bytes,
  sns: MAIL_LIMITS.bytes,
  log: LOG_LIMITS.bytes,
  webhook: WEBHOOK_LIMITS.bytes,
};

const ajv = new Ajv2020({ strictTypes: false, strictRequired: false });
const validators = Object.fromEntries(
  Object.entries(SCHEMAS).map(([kind, schema]) => [kind, ajv.compile(schema)]),
);

/** What breaks the channel's published rules in a payload; `undefined` if nothing does. */
export function payloadBreaches(kind: ChannelKind, payload: unknown): string | undefined {
  const validate = validators[kind];
  if (validate?.(payload)) {
    const bytes = Buffer.byteLength(JSON.stringify(payload));
    return bytes <= (MOST_BYTES[kind] ?? bytes) ? undefined : `${bytes} bytes`;
  }
  return JSON.stringify(validate?.errors, undefined, 2);
}
