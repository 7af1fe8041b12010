// Cuts Inter down to the glyphs the product writes. Run by hand when the set changes; the results
// in src/ui/fonts are checked in. The three files stay apart because the source is cut that way.
import { readFile, writeFile } from 'node:fs/promises';
import subsetFont from 'subset-font';

const range = (from, to) =>
  Array.from({ length: to - from + 1 }, (_, i) => String.fromCodePoint(from + i)).join('');
const sets = {
  latin: `${range(0x20, 0x7e)}${range(0xa0, 0xff)}–—‘’“”„•…‹›−×`,
  cyrillic: `${range(0x410, 0x44f)}Ёё№`,
  'latin-ext': '₽€ŠšŽžČčŁł',
};
for (const [name, text] of Object.entries(sets)) {
  const source = await readFile(
    `node_modules/@fontsource-variable/inter/files/inter-${name}-wght-normal.woff2`,
  );
  const font = await subsetFont(source, text, {
    targetFormat: 'woff2',
    variationAxes: { wght: { min: 400, max: 700 } },
  });
  await writeFile(`src/ui/fonts/inter-${name}.woff2`, font);
  console.log(`${name}: ${font.length} bytes`);
}
