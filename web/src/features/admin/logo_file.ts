/** As the service limits it. */
export const logoBytesMax = 256 * 1024;

export type LogoFault = 'too_long' | 'not_a_picture';

const starts = {
  'image/png': [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
  'image/jpeg': [0xff, 0xd8, 0xff],
};

/** What a picture is by its own bytes, whatever its name says. */
export function pictureType(bytes: Uint8Array): keyof typeof starts | undefined {
  return (Object.keys(starts) as (keyof typeof starts)[]).find((type) =>
    starts[type].every((byte, at) => bytes[at] === byte),
  );
}

/** A chosen file as the address of a picture that is shown and sent, or why it cannot be one. */
export function logoOf(bytes: Uint8Array): { address: string } | { fault: LogoFault } {
  const type = pictureType(bytes);
  if (!type) return { fault: 'not_a_picture' };
  if (bytes.length > logoBytesMax) return { fault: 'too_long' };
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return { address: `data:${type};base64,${btoa(text)}` };
}

/** The base64 of such an address. */
export const base64Of = (address: string) => address.slice(address.indexOf(',') + 1);
