import { useTranslation } from 'react-i18next';
import { useSession } from '@/lib/session';
import { creating } from '@/parts/commands';
import { ListPage } from '@/parts/list/list_page';
import { mayCreate } from '@/parts/rights';
import { Button } from '@/ui/button';
import { Plus } from '@/ui/icons';
import { usePhone } from '@/ui/media';
import { useClientList } from './client_list';

export function ClientsPage() {
  const { t } = useTranslation('clients');
  const { user } = useSession();
  const phone = usePhone();
  const create = mayCreate(user.role) && !phone && (
    <Button variant="primary" icon={<Plus />} onPress={() => creating.set({ what: 'client' })}>
      {t('new')}
    </Button>
  );
  return <ListPage list={useClientList()} actions={create} />;
}
