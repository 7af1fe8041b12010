// Colours stand in tokens.css alone.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

const files = await readdir('src', { recursive: true, withFileTypes: true });
const found = [];
for (const file of files) {
  if (!file.isFile() || !/\.(tsx?|css)$/.test(file.name) || file.name === 'tokens.css') continue;
  const path = join(file.parentPath, file.name);
  const text = await readFile(path, 'utf8');
  if (/\.test\.tsx?$/.test(path)) continue;
  if (/#[0-9a-f]{3,8}\b(?!-)|\brgba?\(|\bhsl\(/i.test(text.replace(/href="#\w+"/g, '')))
    found.push(path);
}
if (found.length > 0) {
  console.error(`raw colours outside src/ui/tokens.css: ${found.join(', ')}`);
  process.exit(1);
}
