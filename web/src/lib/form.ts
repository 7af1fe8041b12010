import { useRef, useState } from 'react';
import { same } from './diff';
import { fieldMessages, messageOf } from './messages';

/** A form of several fields: what is typed, what differs from the start, what the server refused. */
export function useForm<T extends object>(initial: T) {
  const [values, setValues] = useState(initial);
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [problem, setProblem] = useState<string>();
  const start = useRef(initial);
  const set = <K extends keyof T>(field: K, value: T[K]) => {
    setValues((known) => ({ ...known, [field]: value }));
    setErrors(({ [field as string]: _, ...rest }) => rest);
    setProblem(undefined);
  };
  const refuse = (found: Record<string, string>) => {
    setErrors(found);
    requestAnimationFrame(() => {
      document
        .querySelector<HTMLElement>(
          '[data-invalid] input, [data-invalid] textarea, [data-invalid] button',
        )
        ?.focus();
    });
  };
  return {
    values,
    set,
    errors,
    problem,
    dirty: !same(values, start.current),
    changed: () =>
      Object.fromEntries(
        Object.entries(values).filter(
          ([key, value]) => !same(value, start.current[key as keyof T]),
        ),
      ) as Partial<T>,
    restart: (next: T) => {
      start.current = next;
      setValues(next);
      setErrors({});
    },
    refuse,
    /** Shows a refusal of the server: beside the fields it names, or as one sentence. */
    fail: (failure: unknown) => {
      const found = fieldMessages(failure);
      const known = Object.keys(found).filter((field) => (field.split(/[.[]/)[0] ?? '') in values);
      if (known.length > 0) refuse(found);
      else setProblem(messageOf(failure));
    },
  };
}
