// Types of the API from the golden openapi.json (or the sketch in tests/ while there is none) into src/generated/api.d.ts.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import openapiTS, { astToString } from 'openapi-typescript';
const file = ['../../tests/openapi.json', '../tests/openapi.json'].map(path => new URL(path, import.meta.url)).find(url => existsSync(url));
mkdirSync(new URL('../src/generated/', import.meta.url), { recursive: true });
writeFileSync(new URL('../src/generated/api.d.ts', import.meta.url), astToString(await openapiTS(file)));
