const values: Record<string, number> = {};
for (const [letters, from] of [
  ['ABCDEFGH', 1],
  ['JKLMN', 1],
  ['PR', 7],
  ['STUVWXYZ', 2],
] as const) {
  [...letters].forEach((letter, index) => {
    values[letter] = from === 7 ? (letter === 'P' ? 7 : 9) : from + index;
  });
}
const weights = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];

/** Whether the check digit fits. Only a reason to look again: many markets do not use it. */
export function vinChecks(vin: string): boolean {
  const typed = vin.trim().toUpperCase();
  if (!/^[A-HJ-NPR-Z0-9]{17}$/.test(typed)) return false;
  const sum = [...typed].reduce((total, char, position) => {
    const value = /\d/.test(char) ? Number(char) : (values[char] ?? 0);
    return total + value * (weights[position] ?? 0);
  }, 0);
  const digit = sum % 11;
  return typed[8] === (digit === 10 ? 'X' : String(digit));
}
