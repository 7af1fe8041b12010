import { type Found, HitCombo } from './hit_combo';

interface ClientComboProps {
  label: string;
  value: Found | undefined;
  onChange: (client: Found | undefined) => void;
  error?: string | undefined;
  autoFocus?: boolean;
}
/** Finds a client by anything one knows: name, phone, tax number. */
export function ClientCombo(props: ClientComboProps) {
  return <HitCombo {...props} kind="client" />;
}
