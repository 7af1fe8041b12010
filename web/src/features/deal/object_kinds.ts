import type { ObjectKind } from '@/lib/types';

export type TextField =
  | 'vin'
  | 'plate'
  | 'make'
  | 'model'
  | 'owner'
  | 'address'
  | 'area_m2'
  | 'bank'
  | 'document';
export type NumberField = 'year' | 'power_hp' | 'mileage_km';

export const kinds: ObjectKind[] = ['vehicle', 'property', 'person', 'fleet', 'other'];
export const textFields: Record<ObjectKind, TextField[]> = {
  vehicle: ['make', 'model', 'plate', 'vin', 'owner'],
  property: ['address', 'area_m2', 'owner', 'bank'],
  person: ['document'],
  fleet: [],
  other: ['owner'],
};
export const numberFields: Record<ObjectKind, NumberField[]> = {
  vehicle: ['year', 'power_hp', 'mileage_km'],
  property: ['year'],
  person: [],
  fleet: [],
  other: [],
};
