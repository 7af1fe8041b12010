import { useTranslation } from 'react-i18next';
import type { Money } from '@/lib/money';
import { useSession } from '@/lib/session';
import { typedCount } from '@/lib/typed_number';
import type { InsuredObject, ObjectKind } from '@/lib/types';
import { vinChecks } from '@/lib/vin';
import { Button, IconButton } from '@/ui/button';
import { DateField } from '@/ui/date_field';
import { TextField } from '@/ui/field';
import { Close, Plus, Trash } from '@/ui/icons';
import { Select } from '@/ui/select';
import { MoneyInput } from './calculations/money_input';
import { kinds, numberFields, textFields } from './object_kinds';

interface ObjectFieldsProps {
  object: InsuredObject;
  onChange: (object: InsuredObject) => void;
  onRemove: () => void;
}
export function ObjectFields({ object, onChange, onRemove }: ObjectFieldsProps) {
  const { t } = useTranslation(['deals', 'deal']);
  const { today } = useSession();
  const set = (fields: Partial<InsuredObject>) => onChange({ ...object, ...fields });
  return (
    <fieldset className="rounded-card border border-line bg-raised p-4 shadow-1">
      <legend className="sr-only">{object.title || t(`object_kind.${object.kind}`)}</legend>
      <div className="grid grid-cols-2 gap-3 max-md:grid-cols-1">
        <div className="col-span-full flex items-end gap-2">
          <div className="flex-1">
            <Select
              label={t('deal:object.kind')}
              options={kinds.map((id) => ({ id, label: t(`object_kind.${id}`) }))}
              value={object.kind}
              onChange={(kind) =>
                onChange({ kind: kind as ObjectKind, ...(object.title && { title: object.title }) })
              }
            />
          </div>
          <IconButton label={t('deal:object.remove')} onPress={onRemove}>
            <Trash />
          </IconButton>
        </div>
        <TextField
          className="col-span-full"
          label={t('deal:object.title')}
          hint={object.kind === 'vehicle' ? t('deal:object.title_hint') : undefined}
          value={object.title ?? ''}
          onChange={(title) => set({ title })}
          maxLength={200}
        />
        {textFields[object.kind].map((field) => (
          <TextField
            key={field}
            label={t(`deal:object.${field}`)}
            value={object[field] ?? ''}
            onChange={(text) => set({ [field]: text })}
            maxLength={field === 'vin' ? 17 : field === 'plate' ? 15 : 200}
            hint={
              field === 'vin' && object.vin && !vinChecks(object.vin)
                ? t('deal:object.vin_wrong')
                : undefined
            }
          />
        ))}
        {numberFields[object.kind].map((field) => (
          <TextField
            key={field}
            label={t(`deal:object.${field}`)}
            inputMode="numeric"
            value={object[field] ? String(object[field]) : ''}
            onChange={(text) => set({ [field]: typedCount(text) })}
          />
        ))}
        {object.kind === 'property' && <LoanBalance object={object} set={set} />}
        {object.kind === 'person' && (
          <DateField
            label={t('deal:object.birth_date')}
            value={object.birth_date}
            onChange={(birth_date) => set({ birth_date: birth_date ?? '' })}
            today={today}
            leaning="birth"
          />
        )}
      </div>
      {object.kind === 'vehicle' && <Drivers object={object} set={set} />}
      {object.kind === 'fleet' && <Vehicles object={object} set={set} />}
    </fieldset>
  );
}

interface PartProps {
  object: InsuredObject;
  set: (fields: Partial<InsuredObject>) => void;
}
function LoanBalance({ object, set }: PartProps) {
  const { t } = useTranslation(['deals', 'deal']);
  const money = object.loan_balance as Money | undefined;
  return (
    <MoneyInput
      label={t('deal:object.loan_balance')}
      value={money?.amount ? money : undefined}
      onChange={(loan_balance) => set({ loan_balance })}
    />
  );
}

function Drivers({ object, set }: PartProps) {
  const { t } = useTranslation(['deals', 'deal']);
  const drivers = object.drivers ?? [];
  const change = (at: number, fields: object) =>
    set({ drivers: drivers.map((item, index) => (index === at ? { ...item, ...fields } : item)) });
  return (
    <div className="mt-3 flex flex-col gap-2">
      {drivers.map((driver, index) => (
        <div key={index} className="flex items-end gap-2">
          <TextField
            className="flex-1"
            label={t('deal:object.driver')}
            value={driver.full_name ?? ''}
            onChange={(full_name) => change(index, { full_name })}
          />
          <TextField
            className="w-36"
            label={t('deal:object.licence')}
            value={driver.licence ?? ''}
            onChange={(licence) => change(index, { licence })}
            maxLength={40}
          />
          <IconButton
            label={t('deal:object.driver_remove')}
            onPress={() => set({ drivers: drivers.filter((_, at) => at !== index) })}
          >
            <Close />
          </IconButton>
        </div>
      ))}
      <div>
        <Button variant="quiet" icon={<Plus />} onPress={() => set({ drivers: [...drivers, {}] })}>
          {t('deal:object.driver_add')}
        </Button>
      </div>
    </div>
  );
}

function Vehicles({ object, set }: PartProps) {
  const { t } = useTranslation(['deals', 'deal']);
  const vehicles = (object.vehicles ?? []) as InsuredObject[];
  const change = (at: number, fields: object) =>
    set({
      vehicles: vehicles.map((item, index) => (index === at ? { ...item, ...fields } : item)),
    });
  return (
    <div className="mt-3 flex flex-col gap-2">
      {vehicles.map((vehicle, index) => (
        <div key={index} className="flex items-end gap-2">
          {(['make', 'model', 'plate'] as const).map((field) => (
            <TextField
              key={field}
              className="flex-1"
              label={t(`deal:object.${field}`)}
              value={vehicle[field] ?? ''}
              onChange={(text) => change(index, { [field]: text })}
            />
          ))}
          <IconButton
            label={t('deal:object.remove')}
            onPress={() => set({ vehicles: vehicles.filter((_, at) => at !== index) })}
          >
            <Close />
          </IconButton>
        </div>
      ))}
      <div>
        <Button
          variant="quiet"
          icon={<Plus />}
          onPress={() => set({ vehicles: [...vehicles, { kind: 'vehicle' }] })}
        >
          {t('deal:object.vehicle_add')}
        </Button>
      </div>
    </div>
  );
}
