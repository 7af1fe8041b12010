import { useId } from 'react';
import { FileTrigger } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { logoAddress } from '@/lib/data/agency';
import { sentenceOf } from '@/lib/messages';
import { Button } from '@/ui/button';
import { labelClass } from '@/ui/field_class';
import { logoOf } from './logo_file';

interface LogoFieldProps {
  /** The digest of the one that is kept, the address of a chosen one, or nothing. */
  value: string;
  error: string | undefined;
  onChange: (value: string) => void;
  onRefuse: (sentence: string) => void;
}
/** The picture as papers show it, on white, and the choice of another. */
export function LogoField({ value, error, onChange, onRefuse }: LogoFieldProps) {
  const { t } = useTranslation('admin');
  const label = useId();
  const choose = async (files: FileList | null) => {
    const file = files?.[0];
    if (!file) return;
    const made = logoOf(new Uint8Array(await file.arrayBuffer()));
    if ('address' in made) onChange(made.address);
    else onRefuse(sentenceOf(made.fault));
  };
  return (
    <div role="group" aria-labelledby={label} className="flex flex-col gap-1">
      <span id={label} className={labelClass}>
        {t('agency.logo')}
      </span>
      <div className="flex flex-wrap items-center gap-3">
        {value && (
          <img
            src={value.startsWith('data:') ? value : logoAddress(value)}
            alt={t('agency.logo_shown')}
            className="h-16 max-w-48 rounded-card border border-line bg-white object-contain p-1"
          />
        )}
        <FileTrigger
          acceptedFileTypes={['image/png', 'image/jpeg']}
          onSelect={(files) => void choose(files)}
        >
          <Button>{t(value ? 'agency.logo_change' : 'agency.logo_choose')}</Button>
        </FileTrigger>
        {value && (
          <Button variant="quiet" onPress={() => onChange('')}>
            {t('agency.logo_remove')}
          </Button>
        )}
      </div>
      <p className="text-small text-ink3">{t('agency.logo_hint')}</p>
      {error && (
        <p role="alert" className="text-small text-bad">
          {error}
        </p>
      )}
    </div>
  );
}
