import { useTranslation } from 'react-i18next';
import type { Invitation } from '@/lib/data/people';
import { formatInstant } from '@/lib/dates';
import { currentLocale } from '@/lib/i18n';
import { useSession } from '@/lib/session';
import { toast } from '@/lib/toast';
import { Button } from '@/ui/button';
import { Dialog, DialogBody, DialogFoot } from '@/ui/dialog';
import { TextField } from '@/ui/field';
import { Copy } from '@/ui/icons';

/** The link is a secret and shown once; it is kept nowhere. */
export function ShownLink({
  invitation,
  onClose,
}: {
  invitation: Invitation;
  onClose: () => void;
}) {
  const { t } = useTranslation(['admin', 'common']);
  const { time_zone, today } = useSession();
  const time = formatInstant(invitation.expires_at, currentLocale(), time_zone, today);
  const copy = async () => {
    await navigator.clipboard.writeText(invitation.link);
    toast(t('common:copied'));
  };
  return (
    <Dialog
      title={t('admin:invite_link_title', { name: invitation.user.full_name })}
      onClose={onClose}
      keep
    >
      <DialogBody>
        <p>{t('admin:invite_link_text', { time })}</p>
        <TextField label={t('admin:invite_link')} value={invitation.link} isReadOnly />
      </DialogBody>
      <DialogFoot>
        <Button onPress={onClose}>{t('common:close')}</Button>
        <Button variant="primary" icon={<Copy />} onPress={() => void copy()}>
          {t('common:copy')}
        </Button>
      </DialogFoot>
    </Dialog>
  );
}
