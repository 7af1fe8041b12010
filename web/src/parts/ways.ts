import type { Contact } from '@/lib/types';

export interface Way {
  kind: 'call' | 'mail' | 'telegram';
  name: string | undefined;
  text: string;
  href: string;
}
/** A Telegram name in any notation: @name, t.me/name. Anything else opens nothing. */
const telegramName = (messenger: string | undefined) =>
  /^(?:telegram:?\s*)?(?:(?:https?:\/\/)?t\.me\/|@)([A-Za-z]\w{4,31})\/?$/i.exec(
    messenger?.trim() ?? '',
  )?.[1];

/** How a client is reached, the first person first. */
export function waysOf(contacts: Contact[] | undefined): Way[] {
  const sorted = [...(contacts ?? [])].sort(
    (one, other) => Number(other.is_primary) - Number(one.is_primary),
  );
  return sorted.flatMap(({ name, phone, phone_e164, email, messenger }) => {
    const number = phone_e164 || phone;
    const nick = telegramName(messenger);
    const ways: Way[] = [];
    if (number) ways.push({ kind: 'call', name, text: number, href: `tel:${number}` });
    if (email) ways.push({ kind: 'mail', name, text: email, href: `mailto:${email}` });
    if (nick) ways.push({ kind: 'telegram', name, text: `@${nick}`, href: `https://t.me/${nick}` });
    return ways;
  });
}
