import { expect, test } from 'vitest';
import { base64Of, logoBytesMax, logoOf } from './logo_file';

const png = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

test('a picture is known by its bytes', () => {
  expect(logoOf(new Uint8Array([...png, 1]))).toEqual({
    address: `data:image/png;base64,${btoa(String.fromCharCode(...png, 1))}`,
  });
  expect(logoOf(new Uint8Array([0xff, 0xd8, 0xff, 0xe0]))).toEqual({
    address: 'data:image/jpeg;base64,/9j/4A==',
  });
  expect(base64Of('data:image/jpeg;base64,/9j/4A==')).toBe('/9j/4A==');
});

test.each(['<svg xmlns="http://www.w3.org/2000/svg"/>', 'GIF89a', ''])(
  '%j is no picture',
  (text) => {
    expect(logoOf(new TextEncoder().encode(text))).toEqual({ fault: 'not_a_picture' });
  },
);

test('a picture may be as long as the service takes it', () => {
  const bytes = new Uint8Array(logoBytesMax + 1);
  bytes.set(png);
  expect(logoOf(bytes)).toEqual({ fault: 'too_long' });
  expect(logoOf(bytes.slice(1))).toEqual({ fault: 'not_a_picture' });
  expect(logoOf(bytes.slice(0, logoBytesMax))).toHaveProperty('address');
});
