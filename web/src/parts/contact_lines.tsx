import { useTranslation } from 'react-i18next';
import { formatPhone } from '@/lib/text';
import { toast } from '@/lib/toast';
import type { Contact } from '@/lib/types';
import { IconButton } from '@/ui/button';
import { Copy } from '@/ui/icons';

/** The first person to call: the phone and the mail open the apps that know what to do. */
export function ContactLines({ contacts }: { contacts: Contact[] | undefined }) {
  const contact = contacts?.find(({ is_primary }) => is_primary) ?? contacts?.[0];
  if (!contact) return null;
  return (
    <div className="flex flex-col">
      {contact.phone && <PhoneLink contact={contact} />}
      {contact.email && (
        <a
          href={`mailto:${contact.email}`}
          className="inline-flex min-h-6 items-center truncate hover:underline coarse:min-h-11"
        >
          {contact.email}
        </a>
      )}
    </div>
  );
}

export function PhoneLink({ contact }: { contact: Contact }) {
  const { t } = useTranslation();
  const phone = formatPhone(contact.phone_e164 || contact.phone || '');
  const copy = async () => {
    await navigator.clipboard.writeText(phone);
    toast(t('copied'));
  };
  return (
    <span className="inline-flex items-center">
      <a
        href={`tel:${contact.phone_e164 || contact.phone}`}
        className="tabular inline-flex min-h-6 items-center whitespace-nowrap hover:underline coarse:min-h-11"
      >
        {phone}
      </a>
      <IconButton
        label={`${t('copy')}: ${phone}`}
        onPress={() => void copy()}
        className="size-6 w-6"
      >
        <Copy />
      </IconButton>
    </span>
  );
}
