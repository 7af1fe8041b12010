import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { conflicts } from '@/lib/diff';
import { Button } from '@/ui/button';
import { Dialog, DialogBody, DialogFoot, FormDialog } from '@/ui/dialog';
import { Segmented } from '@/ui/segmented';
import { useFieldName, useShownValue } from './diff_view';

/** How a record names its fields and their values; by default as histories do. */
export interface FieldWords {
  nameOf?: (field: string) => string;
  show?: (field: string, value: unknown) => string | undefined;
}

interface ConflictProps<T extends object> extends FieldWords {
  /** What this person changed. */
  mine: Partial<T>;
  base: T;
  theirs: T;
  onSave: (kept: Partial<T>) => void;
  onClose: () => void;
  busy?: boolean;
}
/** Somebody else was first: per field, both values side by side; all other fields are merged. */
export function Conflict<T extends object>(props: ConflictProps<T>) {
  const { mine, base, theirs, onSave, onClose, busy } = props;
  const { t } = useTranslation();
  const usualName = useFieldName();
  const usual = useShownValue();
  const fieldName = props.nameOf ?? usualName;
  const show = (field: string, value: unknown) => props.show?.(field, value) ?? usual(value);
  const fields = conflicts(mine, base, theirs) as (keyof T & string)[];
  const [taken, setTaken] = useState<string[]>([]);
  const kept = () =>
    Object.fromEntries(
      Object.entries(mine).filter(([field]) => !taken.includes(field)),
    ) as Partial<T>;
  return (
    <FormDialog
      title={t('conflict')}
      submit={t('save')}
      onClose={onClose}
      onSubmit={() => onSave(kept())}
      busy={busy ?? false}
      wide
    >
      <p className="text-ink2">{t('conflict_text')}</p>
      {fields.map((field) => (
        <section
          key={field}
          aria-label={fieldName(field)}
          className="rounded-card border border-line p-3"
        >
          <h3 className="mb-2 text-small text-ink2">{fieldName(field)}</h3>
          <div className="mb-3 grid grid-cols-2 gap-3">
            <div>
              <p className="text-chip text-ink3">{t('conflict_mine')}</p>
              <p className="break-words whitespace-pre-wrap">{show(field, mine[field])}</p>
            </div>
            <div>
              <p className="text-chip text-ink3">{t('conflict_theirs')}</p>
              <p className="break-words whitespace-pre-wrap">{show(field, theirs[field])}</p>
            </div>
          </div>
          <Segmented
            label={fieldName(field)}
            hideLabel
            value={taken.includes(field) ? 'theirs' : 'mine'}
            onChange={(side) =>
              setTaken((known) =>
                side === 'theirs' ? [...known, field] : known.filter((item) => item !== field),
              )
            }
            options={[
              { value: 'mine', label: t('conflict_keep') },
              { value: 'theirs', label: t('conflict_take') },
            ]}
          />
        </section>
      ))}
    </FormDialog>
  );
}

/** Closing a form that has typed text in it asks first. */
export function useUnsavedGuard(dirty: boolean, onClose: () => void) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  return {
    close: () => (dirty ? setAsking(true) : onClose()),
    question: asking && (
      <Dialog title={t('unsaved_title')} onClose={() => setAsking(false)}>
        <DialogBody>
          <p>{t('unsaved_text')}</p>
        </DialogBody>
        <DialogFoot>
          <Button variant="danger" onPress={onClose}>
            {t('unsaved_leave')}
          </Button>
          <Button variant="primary" onPress={() => setAsking(false)}>
            {t('unsaved_stay')}
          </Button>
        </DialogFoot>
      </Dialog>
    ),
  };
}
