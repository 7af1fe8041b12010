/** Small transformations of what people type: phones, names, keyboard layouts. */
export function formatPhone(phone: string): string {
  const digits = phone.replace(/\D/g, '');
  const match = /^[78]?(\d{3})(\d{3})(\d{2})(\d{2})$/.exec(digits);
  const foreign = phone.trim().startsWith('+') && !digits.startsWith('7');
  const russian =
    !foreign && (digits.length === 10 || (digits.length === 11 && /^[78]/.test(digits)));
  if (!match || !russian) return phone;
  return `+7 ${match[1]} ${match[2]}-${match[3]}-${match[4]}`;
}

export function initials(name: string): string {
  const words = name
    .replace(/[«»"]/g, '')
    .split(/\s+/)
    .filter((word) => !/^(ООО|АО|ПАО|ИП|ТК|ЗАО)$/.test(word));
  return words
    .slice(0, 2)
    .map((word) => [...word][0] ?? '')
    .join('')
    .toUpperCase();
}

const latin = "`qwertyuiop[]asdfghjkl;'zxcvbnm,./";
const cyrillic = 'ёйцукенгшщзхъфывапролджэячсмитьбю.';
/** What the same keys would have typed in the other layout: «cvbhyjd» → «смирнов». */
export function otherLayout(text: string): string {
  return [...text.toLowerCase()]
    .map((char) => {
      const position = latin.indexOf(char);
      if (position >= 0) return cyrillic[position];
      const back = cyrillic.indexOf(char);
      return back >= 0 ? latin[back] : char;
    })
    .join('');
}

export const fold = (text: string) => text.toLowerCase().replaceAll('ё', 'е');

/** Every word of the query begins some word of the text, in any order. */
export function matches(text: string, query: string): boolean {
  const words = fold(text).split(/[^\p{L}\p{N}]+/u);
  return fold(query)
    .split(/\s+/)
    .filter(Boolean)
    .every((part) => words.some((word) => word.startsWith(part)));
}
