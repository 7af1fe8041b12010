import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useSession } from '@/lib/session';
import { creating } from '@/parts/commands';
import { ListPage } from '@/parts/list/list_page';
import { PostponeDialog } from '@/parts/postpone';
import { mayCreate } from '@/parts/rights';
import { TransitionDialog } from '@/parts/transition';
import { Button } from '@/ui/button';
import { Plus } from '@/ui/icons';
import { usePhone } from '@/ui/media';
import { useDealList } from './deal_list';

export function DealsPage() {
  const { t } = useTranslation('deals');
  const { user } = useSession();
  const phone = usePhone();
  const navigate = useNavigate();
  const onPeek = (peek: string) =>
    void navigate({
      to: '.',
      search: ((known: object) => ({ ...known, peek })) as never,
      replace: true,
      resetScroll: false,
    });
  const create = mayCreate(user.role) && !phone && (
    <Button variant="primary" icon={<Plus />} onPress={() => creating.set({ what: 'deal' })}>
      {t('new')}
    </Button>
  );
  return (
    <ListPage list={useDealList(onPeek)} actions={create}>
      <TransitionDialog />
      <PostponeDialog />
    </ListPage>
  );
}
