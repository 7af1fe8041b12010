// The types must be those of the document: run `npm run api` after a change of the contract.
import { readFile } from 'node:fs/promises';
import openapiTS, { astToString, COMMENT_HEADER } from 'openapi-typescript';

const source = new URL('../../docs/openapi.json', import.meta.url);
const made = COMMENT_HEADER + astToString(await openapiTS(source));
const kept = await readFile('src/lib/api.d.ts', 'utf8');
if (made !== kept) {
  console.error('src/lib/api.d.ts is older than docs/openapi.json: run `npm run api`');
  process.exit(1);
}
