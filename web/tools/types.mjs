// Types of the API from the golden openapi.json into src/generated/api.d.ts.
import { mkdirSync, writeFileSync } from 'node:fs';
import openapiTS, { astToString } from 'openapi-typescript';
mkdirSync(new URL('../src/generated/', import.meta.url), { recursive: true });
writeFileSync(new URL('../src/generated/api.d.ts', import.meta.url), astToString(await openapiTS(new URL('../../tests/openapi.json', import.meta.url))));
