// .br and .gz twins for every text file of the built page, so that the server only has to choose.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
const folder = process.argv[2] ?? 'dist';
for (const name of readdirSync(folder, { recursive: true })) {
    if (!/\.(html|js|css|svg|json|txt|webmanifest)$/.test(name)) continue;
    const bytes = readFileSync(join(folder, name));
    writeFileSync(join(folder, name + '.br'), brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }));
    writeFileSync(join(folder, name + '.gz'), gzipSync(bytes, { level: 9 }));
}
