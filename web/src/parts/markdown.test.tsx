import { render, screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { Markdown } from './markdown';

test('HTML is shown as text', () => {
  const { container } = render(<Markdown text={'<img src=x onerror=alert(1)> **важно**'} />);

  expect(container.querySelector('img')).toBeNull();
  expect(screen.getByText('важно').tagName).toBe('STRONG');
  expect(container).toHaveTextContent('<img src=x onerror=alert(1)>');
});

test('links open outside and only over http, https and mail', () => {
  const { container } = render(
    <Markdown text={'[сайт](https://example.org) [нет](javascript:alert(1))'} />,
  );

  const links = [...container.querySelectorAll('a')];
  expect(links.map(({ href }) => href)).toEqual(['https://example.org/']);
  expect(links[0]?.rel).toContain('noopener');
});

test('lines that begin with a dash are a list', () => {
  render(<Markdown text={'- один\n- два'} />);

  expect(screen.getAllByRole('listitem')).toHaveLength(2);
});
