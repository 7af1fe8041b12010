import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useBlockUser } from '@/lib/data/people';
import { messageOf } from '@/lib/messages';
import { toast } from '@/lib/toast';
import type { User } from '@/lib/types';
import { PersonSelect } from '@/parts/person_select';
import { FormDialog } from '@/ui/dialog';
import { TextArea } from '@/ui/field';

export function BlockUser({ user, onClose }: { user: User; onClose: () => void }) {
  const { t } = useTranslation('admin');
  const block = useBlockUser();
  const [reason, setReason] = useState('');
  const [successor, setSuccessor] = useState<string>();
  const [missing, setMissing] = useState(false);
  const name = user.full_name;
  const submit = () => {
    if (!reason.trim()) return setMissing(true);
    block.mutate(
      { id: user.id, reason: reason.trim(), successor_id: successor },
      {
        onSuccess: () => {
          toast(t('blocked'));
          onClose();
        },
      },
    );
  };
  return (
    <FormDialog
      title={t('block_title', { name })}
      submit={t('block')}
      tone="danger"
      onClose={onClose}
      onSubmit={submit}
      busy={block.isPending}
      problem={block.error ? messageOf(block.error) : undefined}
    >
      <p className="text-ink2">{t('block_text', { name })}</p>
      <PersonSelect
        label={t('block_successor')}
        hint={t('block_successor_hint')}
        roles={['agent', 'admin']}
        except={[user.id]}
        value={successor}
        onChange={setSuccessor}
      />
      <TextArea
        label={t('block_reason')}
        value={reason}
        onChange={(text) => {
          setReason(text);
          setMissing(false);
        }}
        error={missing ? t('block_reason_required') : undefined}
        maxLength={500}
        autoFocus
      />
    </FormDialog>
  );
}
