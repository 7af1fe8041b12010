import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { duplicatesQuery, type Likeness } from '@/lib/data/clients';
import type { Duplicate } from '@/lib/types';
import { Button } from '@/ui/button';
import { useDebounced } from './use_debounced';

type Reason = 'tax_number' | 'phone' | 'email' | 'name';
const reasons: Reason[] = ['tax_number', 'phone', 'email', 'name'];
const isReason = (word: string): word is Reason => reasons.includes(word as Reason);

interface DuplicatesProps {
  like: Likeness;
  different: string[];
  onDifferent: (id: string) => void;
  onOpen: () => void;
}
/** Clients that look like the one being typed. Never a refusal, only a hint. */
export function Duplicates({ like, different, onDifferent, onOpen }: DuplicatesProps) {
  const { t } = useTranslation('clients');
  const settled = useDebounced(like, 300);
  const enough =
    (settled.full_name?.length ?? 0) > 3 || settled.phone || settled.tax_number || settled.email;
  const query = duplicatesQuery(settled);
  const { data } = useQuery({
    ...query,
    enabled: Boolean(enough),
    placeholderData: keepPreviousData,
  });
  const found = (enough ? data?.duplicates : undefined)?.filter(
    ({ client_id }) => !different.includes(client_id),
  );
  return (
    <div role="status">
      {(found?.length || data?.hidden) && enough ? (
        <div className="rounded-card bg-warn-soft p-3">
          <p className="font-medium text-warn">{t('duplicates')}</p>
          <ul>
            {found?.map((item) => (
              <Line
                key={item.client_id}
                item={item}
                onDifferent={() => onDifferent(item.client_id)}
                onOpen={onOpen}
              />
            ))}
          </ul>
          {data?.hidden && <p className="text-small">{t('duplicate_hidden')}</p>}
        </div>
      ) : null}
    </div>
  );
}

interface LineProps {
  item: Duplicate;
  onDifferent: () => void;
  onOpen: () => void;
}
function Line({ item, onDifferent, onOpen }: LineProps) {
  const { t } = useTranslation('clients');
  return (
    <li className="flex flex-wrap items-center gap-x-2">
      <Link
        to="/clients/$clientId"
        params={{ clientId: item.client_id }}
        onClick={onOpen}
        className="inline-flex min-h-6 items-center font-medium underline"
      >
        {item.short_name}
      </Link>
      {isReason(item.reason) && (
        <span className="text-small">{t(`duplicate_reason.${item.reason}`)}</span>
      )}
      <Button variant="quiet" className="ml-auto text-ink" onPress={onDifferent}>
        {t('different')}
      </Button>
    </li>
  );
}
