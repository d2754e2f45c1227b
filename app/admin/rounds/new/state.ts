/** What the form shows again after a refusal: all that was typed, and all that is wrong. */
export interface DraftState {
  readonly values: Readonly<Record<string, string>>;
  readonly errors: readonly { readonly field: string; readonly message: string }[];
}

/** The name of an envelope's field. */
export function ruleField(envelopeId: string): string {
  return `rule-${envelopeId}`;
}

/** The name of the field with the fewest votes that let a proposal of an envelope take part. */
export function thresholdField(envelopeId: string): string {
  return `threshold-${envelopeId}`;
}

/** The name of the field with the most, in percent of an envelope, that one dimension may get. */
export function ceilingField(envelopeId: string): string {
  return `ceiling-${envelopeId}`;
}

/** The name of the field with the most proposals of an envelope that a ballot may mark. */
export function picksField(envelopeId: string): string {
  return `picks-${envelopeId}`;
}

/** Not on the ballot. */
export const LEFT_OUT = 'none';

/** The name of the box that a way to be verified has. */
export function channelField(channel: string): string {
  return `channel-${channel}`;
}
