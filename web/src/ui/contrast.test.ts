import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

const source = readFileSync('src/ui/tokens.css', 'utf8');

function tokens(selector: string): Map<string, string> {
  const block = source.slice(source.indexOf(selector)).split('}')[0] ?? '';
  return new Map(
    [...block.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6})/g)].map((found) => [
      found[1] ?? '',
      found[2] ?? '',
    ]),
  );
}

function luminance(hex: string): number {
  const channel = (at: number) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
}

function contrast(one: string, other: string): number {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a) as [
    number,
    number,
  ];
  return (light + 0.05) / (dark + 0.05);
}

const text: [string, string][] = [
  ['ink', 'surface'],
  ['ink', 'canvas'],
  ['ink', 'raised'],
  ['ink2', 'canvas'],
  ['ink2', 'surface'],
  ['ink2', 'hover'],
  ['ink2', 'idle-soft'],
  ['ink2', 'sunken'],
  ['ink3', 'canvas'],
  ['ink3', 'surface'],
  ['ink3', 'raised'],
  ['ink3', 'hover'],
  ['ink3', 'select'],
  ['on-accent', 'accent'],
  ['on-accent', 'accent-hover'],
  ['accent-ink', 'accent-soft'],
  ['accent-ink', 'surface'],
  ['accent-ink', 'canvas'],
  ['ok', 'ok-soft'],
  ['warn', 'warn-soft'],
  ['bad', 'bad-soft'],
  ['bad', 'surface'],
  ['bad', 'raised'],
  ['info', 'info-soft'],
  ['plum', 'plum-soft'],
  ['ink2', 'bad-soft'],
  ['ink2', 'warn-soft'],
];
const shapes: [string, string][] = [
  ['line-strong', 'surface'],
  ['line-strong', 'canvas'],
  ['accent', 'canvas'],
  ['accent', 'surface'],
];

describe.each([
  ['light', ':root'],
  ['dark', '[data-theme="dark"]'],
])('%s', (_name, selector) => {
  const known = tokens(selector);
  const of = (name: string) => known.get(name) ?? '';

  test.each(text)('text %s on %s is readable', (ink, ground) => {
    expect(contrast(of(ink), of(ground))).toBeGreaterThanOrEqual(4.5);
  });

  test.each(shapes)('%s on %s is visible', (line, ground) => {
    expect(contrast(of(line), of(ground))).toBeGreaterThanOrEqual(3);
  });
});
