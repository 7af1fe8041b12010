import { useTranslation } from 'react-i18next';
import { type Product, policyProducts } from '@/lib/data/policies';
import { fold } from '@/lib/text';
import type { Deal, InsuredObject, ObjectKind } from '@/lib/types';

const ofObject: Partial<Record<ObjectKind, Product>> = {
  vehicle: 'kasko',
  fleet: 'kasko',
  property: 'property',
  person: 'ns',
};
const byObject = (object: InsuredObject): Product | undefined =>
  object.kind === 'property' && object.bank ? 'mortgage' : ofObject[object.kind];

const bare = (text: string) => ` ${fold(text).replace(/[^\p{L}\p{N}]+/gu, ' ')} `;
/** How a name begins a word, without its ending: «Грузы» is meant by «перевозка груза» too. */
const stem = (name: string) => bare(name).slice(0, Math.max(5, name.length - 1));

/** What a deal most likely sells: the product that its title names first, else one for its object. */
export function guessProduct(
  deal: Pick<Deal, 'title' | 'objects'> | undefined,
  nameOf: (product: Product) => string,
): Product {
  const title = bare(deal?.title ?? '');
  const named = policyProducts
    .filter((product) => product !== 'other')
    .map((product) => ({ product, at: title.indexOf(stem(nameOf(product))) }))
    .filter(({ at }) => at >= 0)
    .sort((one, other) => one.at - other.at)[0];
  const object = deal?.objects?.[0];
  return named?.product ?? (object && byObject(object)) ?? 'kasko';
}

export function useProductGuess(deal: Deal | undefined): Product {
  const { t } = useTranslation('policies');
  return guessProduct(deal, (product) => t(`product_is.${product}`));
}
