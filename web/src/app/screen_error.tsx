import type { ErrorComponentProps } from '@tanstack/react-router';
import { Problem } from '@/lib/http';
import { ErrorState } from '@/ui/states';

const reload = () => window.location.reload();

/** A failure of a screen. Code that does not come is of an older version than what is served now. */
export function ScreenError({ error, reset }: ErrorComponentProps) {
  return <ErrorState failure={error} onRetry={error instanceof Problem ? reset : reload} />;
}
