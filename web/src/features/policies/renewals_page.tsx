import { ListPage } from '@/parts/list/list_page';
import { useRenewalList } from './renewal_list';

/** What ends soon, what ended without a renewal, and how far each renewal is. */
export function RenewalsPage() {
  return <ListPage list={useRenewalList()} />;
}
