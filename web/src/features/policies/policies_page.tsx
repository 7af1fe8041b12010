import { ListPage } from '@/parts/list/list_page';
import { usePolicyList } from './policy_list';

export function PoliciesPage() {
  return <ListPage list={usePolicyList()} />;
}
