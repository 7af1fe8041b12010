import type { Product } from '@/lib/data/calculations';

/** The conditions that a quote of a product may name, in the order that people read them. */
export type TermKind = 'money' | 'number' | 'flag' | 'keyword' | 'text';
export const termKinds = {
  repair: 'keyword',
  theft: 'keyword',
  towing: 'keyword',
  towing_limit: 'money',
  bonus_malus: 'text',
  period_months: 'number',
  drivers_unlimited: 'flag',
  bank: 'text',
  loan_balance: 'money',
  life_insured: 'flag',
  property_insured: 'flag',
  title_insured: 'flag',
  liability_sum: 'money',
  finish_insured: 'flag',
  insured_count: 'number',
  clinics: 'text',
  dentistry: 'flag',
  sports: 'flag',
  territory: 'text',
  days: 'number',
  activity: 'text',
  route: 'text',
  transport: 'text',
  instalment_count: 'number',
} as const satisfies Record<string, TermKind>;
export type TermName = keyof typeof termKinds;

export const keywords = {
  repair: ['dealer', 'insurer_choice', 'client_choice', 'cash'],
  theft: ['included', 'with_beacon', 'excluded'],
  towing: ['none', 'limited', 'unlimited'],
} as const;

export const termsOf: Record<Product, TermName[]> = {
  osago: ['bonus_malus', 'period_months', 'drivers_unlimited', 'instalment_count'],
  kasko: ['repair', 'theft', 'towing', 'towing_limit', 'instalment_count'],
  mortgage: [
    'bank',
    'loan_balance',
    'life_insured',
    'property_insured',
    'title_insured',
    'instalment_count',
  ],
  property: ['liability_sum', 'finish_insured', 'instalment_count'],
  dms: ['insured_count', 'clinics', 'dentistry', 'instalment_count'],
  ns: ['insured_count', 'sports', 'instalment_count'],
  travel: ['territory', 'days', 'insured_count', 'sports', 'instalment_count'],
  liability: ['activity', 'instalment_count'],
  cargo: ['route', 'transport', 'instalment_count'],
  other: ['instalment_count'],
};
export const products = Object.keys(termsOf) as Product[];
