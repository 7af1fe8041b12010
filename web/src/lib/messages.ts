import i18next from 'i18next';
import { Problem } from './http';
import type ruErrors from './i18n/ru/errors.json';
import { toast } from './toast';

type ErrorKey = keyof typeof ruErrors;

function sentence(code: string, fallback: ErrorKey): string {
  const key = i18next.exists(`errors:${code}`) ? (code as ErrorKey) : fallback;
  return i18next.t(`errors:${key}` as 'errors:unknown');
}

const byStatus: Record<number, ErrorKey> = {
  0: 'offline',
  401: 'unauthenticated',
  403: 'permission_denied',
  404: 'not_found',
  412: 'version_mismatch',
  429: 'rate_limited',
  503: 'unavailable',
};

/** Turns the stable code of a failure into a sentence in the user's language. */
export function messageOf(failure: unknown): string {
  if (!(failure instanceof Problem)) return sentence('unknown', 'unknown');
  const invalid = failure.errors[0];
  if (invalid && failure.status === 400) return sentence(invalid.code, 'invalid_argument');
  return sentence(failure.code, byStatus[failure.status] ?? 'unknown');
}

/** The sentence of a code alone, as the items of a batch carry it. */
export const sentenceOf = (code: string | undefined) => sentence(code ?? 'unknown', 'unknown');

/** Sentences for the fields that the server refused. */
export function fieldMessages(failure: unknown): Record<string, string> {
  if (!(failure instanceof Problem)) return {};
  return Object.fromEntries(
    failure.errors.map(({ field, code }) => [field, sentence(code, 'invalid_value')]),
  );
}

export function toastFailure(failure: unknown) {
  const traceId = failure instanceof Problem ? failure.traceId : undefined;
  toast(messageOf(failure), { tone: 'bad', traceId });
}
