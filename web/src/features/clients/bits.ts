import { currentLocale } from '@/lib/i18n';
import { formatMoney } from '@/lib/money';
import type { Client } from '@/lib/types';

/** What the policies in force cost a year, a sum of each currency. */
export const premiumText = ({ premium_a_year = [] }: Client): string =>
  premium_a_year
    .map(({ amount = '0', currency = 'RUB' }) => formatMoney({ amount, currency }, currentLocale()))
    .join(' + ');
