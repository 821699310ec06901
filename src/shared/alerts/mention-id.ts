/** How the ids of people look in the channels that can mention them (Slack's, Discord's, and Microsoft's references). */
const FORMS = {
  slack: /^[UW][A-Z0-9]{5,20}$/,
  discord: /^\d{17,20}$/,
  teams: /^[^\s@<>"]{1,64}@[^\s@<>"]{1,255}$/,
} as const;

export type MentioningChannel = keyof typeof FORMS;

/** Whether a text is an id of a channel. */
export function isMentionId(text: string, channel: MentioningChannel): boolean {
  return FORMS[channel].test(text);
}

/** Why a text is an id of no channel, to follow the text; `undefined` if it is one. */
export function mentionProblem(text: string): string | undefined {
  if (Object.values(FORMS).some((form) => form.test(text))) return undefined;
  return (
    'is no id: write a member id of Slack (U…), a user id of Discord (17 to 20 digits), or the address of a ' +
    'Microsoft account'
  );
}
