// Writes .br and .gz siblings of every text file of the build, so that the gateway only sends files.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const files = await readdir('dist', { recursive: true, withFileTypes: true });
for (const file of files) {
  if (!file.isFile() || !/\.(js|css|html|svg|json)$/.test(file.name)) continue;
  const path = join(file.parentPath, file.name);
  const body = await readFile(path);
  await writeFile(`${path}.gz`, gzipSync(body, { level: 9 }));
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11 };
  await writeFile(`${path}.br`, brotliCompressSync(body, { params }));
}
