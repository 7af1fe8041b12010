import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAddMember, useRemoveMember } from '@/lib/data/deals';
import { messageOf, toastFailure } from '@/lib/messages';
import { useSession } from '@/lib/session';
import { type Deal, type Member, type MemberFunction, may } from '@/lib/types';
import { PersonSelect } from '@/parts/person_select';
import { rolesOf } from '@/parts/rights';
import { Avatar } from '@/ui/avatar';
import { Button, IconButton } from '@/ui/button';
import { FormDialog } from '@/ui/dialog';
import { Close, UserPlus } from '@/ui/icons';
import { Select } from '@/ui/select';
import { EmptyState } from '@/ui/states';

const order: MemberFunction[] = ['lead_agent', 'executor', 'finance_controller', 'participant'];

export function Team({ deal }: { deal: Deal }) {
  const { t } = useTranslation(['deals', 'common']);
  const { user } = useSession();
  const [adding, setAdding] = useState(false);
  const [removing, setRemoving] = useState<Member>();
  const owns = user.role === 'admin' || deal.lead_agent_id === user.id;
  const editable = owns && deal.status !== 'closed' && may(deal, 'team');
  const members = [...(deal.members ?? [])].sort(
    (one, other) => order.indexOf(one.function) - order.indexOf(other.function),
  );
  return (
    <div className="mx-auto flex max-w-3xl flex-col gap-3">
      {members.length === 0 && <EmptyState title={t('deals:team_empty')} />}
      <ul className="flex flex-col divide-y divide-line rounded-card border border-line bg-raised">
        {members.map((member) => (
          <li
            key={`${member.user_id}${member.function}`}
            className="flex min-h-12 items-center gap-3 px-3"
          >
            <Avatar name={member.full_name} />
            <span className="min-w-0 flex-1 truncate font-medium">{member.full_name}</span>
            <span className="text-small text-ink2">{t(`deals:function.${member.function}`)}</span>
            {editable && member.function !== 'lead_agent' ? (
              <IconButton
                label={`${t('deals:member_remove')}: ${member.full_name}`}
                onPress={() => setRemoving(member)}
              >
                <Close />
              </IconButton>
            ) : (
              <span className="w-8" />
            )}
          </li>
        ))}
      </ul>
      {editable && (
        <div>
          <Button icon={<UserPlus />} onPress={() => setAdding(true)}>
            {t('deals:member_add')}
          </Button>
        </div>
      )}
      {adding && <AddMember deal={deal} onClose={() => setAdding(false)} />}
      {removing && (
        <RemoveMember deal={deal} member={removing} onClose={() => setRemoving(undefined)} />
      )}
    </div>
  );
}

function AddMember({ deal, onClose }: { deal: Deal; onClose: () => void }) {
  const { t } = useTranslation(['deals', 'common']);
  const [part, setPart] = useState<MemberFunction>('executor');
  const [id, setId] = useState<string>();
  const [missing, setMissing] = useState(false);
  const add = useAddMember(deal.id);
  const replaced =
    part === 'participant' ? undefined : deal.members?.find((member) => member.function === part);
  const submit = () => {
    if (!id) return setMissing(true);
    add.mutate({ user_id: id, function: part }, { onSuccess: onClose });
  };
  return (
    <FormDialog
      title={t('deals:member_add')}
      submit={t('common:add')}
      onClose={onClose}
      onSubmit={submit}
      busy={add.isPending}
      problem={add.error ? messageOf(add.error) : undefined}
    >
      <Select
        label={t('deals:member_function')}
        options={order.map((value) => ({ id: value, label: t(`deals:function.${value}`) }))}
        value={part}
        onChange={(value) => {
          setPart(value as MemberFunction);
          setId(undefined);
        }}
      />
      <PersonSelect
        label={t('deals:member_person')}
        roles={rolesOf[part]}
        except={replaced ? [replaced.user_id] : []}
        value={id}
        onChange={(chosen) => {
          setId(chosen);
          setMissing(false);
        }}
        error={missing ? t('deals:executor_required') : undefined}
      />
      {replaced && (
        <p className="text-warn">{t('deals:member_replace', { name: replaced.full_name })}</p>
      )}
    </FormDialog>
  );
}

interface RemoveMemberProps {
  deal: Deal;
  member: Member;
  onClose: () => void;
}
function RemoveMember({ deal, member, onClose }: RemoveMemberProps) {
  const { t } = useTranslation('deals');
  const remove = useRemoveMember(deal.id);
  const name = member.full_name;
  return (
    <FormDialog
      title={t('member_remove_title', { name })}
      submit={t('member_remove')}
      tone="danger"
      onClose={onClose}
      busy={remove.isPending}
      onSubmit={() => remove.mutate(member.user_id, { onSuccess: onClose, onError: toastFailure })}
    >
      <p>{t('member_remove_text', { name })}</p>
    </FormDialog>
  );
}
