import { ListPage } from '@/parts/list/list_page';
import { MoneyTabs } from './money_tabs';
import { usePaymentList } from './payment_list';

export function PaymentsPage() {
  return <ListPage list={usePaymentList()} above={<MoneyTabs current="payments" />} />;
}
