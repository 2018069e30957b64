// A QR code (bytes, error correction M, versions 1 to 10) as one SVG path. After ISO/IEC 18004; enough for an otpauth address.

// Per version 1–10 at level M: error-correction bytes a block, blocks of group 1 and their data bytes, blocks of group 2 (one byte more).
const table = [[10, 1, 16, 0], [16, 1, 28, 0], [26, 1, 44, 0], [18, 2, 32, 0], [24, 2, 43, 0], [16, 4, 27, 0], [18, 4, 31, 0], [22, 2, 38, 2], [22, 3, 36, 2], [26, 4, 43, 1]];
const centres = [[], [6, 18], [6, 22], [6, 26], [6, 30], [6, 34], [6, 22, 38], [6, 24, 42], [6, 26, 46], [6, 28, 50]];

const exponents = new Uint8Array(512), logarithms = new Uint8Array(256);
for (let i = 0, x = 1; i < 255; i++) { exponents[i] = exponents[i + 255] = x; logarithms[x] = i; x = x & 128 ? (x << 1) ^ 285 : x << 1; }
const times = (a: number, b: number) => a && b ? exponents[logarithms[a] + logarithms[b]] : 0;

function correction(data: number[], count: number) {
    let generator = [1];
    for (let i = 0; i < count; i++) {
        const next = [...generator, 0];
        generator.forEach((value, at) => { next[at + 1] ^= times(value, exponents[i]); });
        generator = next;
    }
    const rest = [...data, ...new Array<number>(count).fill(0)];
    for (let i = 0; i < data.length; i++) { const factor = rest[i]; if (factor) generator.forEach((value, at) => { rest[i + at] ^= times(value, factor); }); }
    return rest.slice(data.length);
}

function codewords(bytes: Uint8Array, version: number) {
    const [ecc, blocks_a, size_a, blocks_b] = table[version - 1], capacity = blocks_a * size_a + blocks_b * (size_a + 1);
    const bits: number[] = [], push = (value: number, count: number) => { for (let i = count - 1; i >= 0; i--) bits.push((value >> i) & 1); };
    push(4, 4); push(bytes.length, version < 10 ? 8 : 16); bytes.forEach(byte => push(byte, 8));
    push(0, Math.min(4, capacity * 8 - bits.length));
    while (bits.length % 8) bits.push(0);
    const data: number[] = [];
    for (let i = 0; i < bits.length; i += 8) data.push(parseInt(bits.slice(i, i + 8).join(''), 2));
    for (let pad = 0; data.length < capacity; pad++) data.push(pad % 2 ? 17 : 236);
    const blocks: number[][] = [];
    for (let i = 0, at = 0; i < blocks_a + blocks_b; i++) { const size = size_a + (i < blocks_a ? 0 : 1); blocks.push(data.slice(at, at + size)); at += size; }
    const checks = blocks.map(block => correction(block, ecc)), result: number[] = [];
    for (let i = 0; i <= size_a; i++) for (const block of blocks) if (i < block.length) result.push(block[i]);
    for (let i = 0; i < ecc; i++) for (const check of checks) result.push(check[i]);
    return result;
}

const masks = [(r: number, c: number) => (r + c) % 2, (r: number) => r % 2, (_: number, c: number) => c % 3, (r: number, c: number) => (r + c) % 3, (r: number, c: number) => ((r >> 1) + Math.floor(c / 3)) % 2,
    (r: number, c: number) => (r * c) % 2 + (r * c) % 3, (r: number, c: number) => ((r * c) % 2 + (r * c) % 3) % 2, (r: number, c: number) => ((r + c) % 2 + (r * c) % 3) % 2];

function remainder(value: number, generator: number, length: number) {
    let rest = value << length;
    for (let bit = 31; bit >= length; bit--) if ((rest >>> bit) & 1) rest ^= generator << (bit - length);
    return rest;
}

export function qr_matrix(text: string): boolean[][] {
    const bytes = new TextEncoder().encode(text);
    const version = table.findIndex(([, a, size, b], index) => bytes.length + (index < 9 ? 2 : 3) <= a * size + b * (size + 1)) + 1;
    if (!version) throw new Error('too long for a QR code');
    const size = 17 + version * 4, cells: (boolean | undefined)[][] = Array.from({ length: size }, () => new Array(size).fill(undefined));
    const finder = (row: number, column: number) => { for (let r = -1; r <= 7; r++) for (let c = -1; c <= 7; c++) { if (cells[row + r] === undefined || column + c < 0 || column + c >= size) continue; const ring = Math.max(Math.abs(r - 3), Math.abs(c - 3)); cells[row + r][column + c] = ring !== 2 && ring !== 4; } };
    finder(0, 0); finder(0, size - 7); finder(size - 7, 0);
    for (let i = 8; i < size - 8; i++) { cells[6][i] = cells[i][6] = i % 2 === 0; }
    const places = centres[version - 1], last = places.at(-1);
    for (const row of places) for (const column of places) {
        if ((row === 6 && (column === 6 || column === last)) || (row === last && column === 6)) continue; // the finders are there
        for (let r = -2; r <= 2; r++) for (let c = -2; c <= 2; c++) cells[row + r][column + c] = Math.max(Math.abs(r), Math.abs(c)) !== 1;
    }
    const format_places: [number, number][][] = [[], []];
    for (let i = 0; i < 15; i++) {
        format_places[0].push(i < 6 ? [i, 8] : i < 8 ? [i + 1, 8] : i === 8 ? [8, 7] : [8, 14 - i]);
        format_places[1].push(i < 8 ? [8, size - 1 - i] : [size - 15 + i, 8]);
    }
    for (const format of format_places) for (const [row, column] of format) cells[row][column] = false;
    cells[size - 8][8] = true;
    if (version >= 7) { const bits = version << 12 | remainder(version, 0x1f25, 12); for (let i = 0; i < 18; i++) { const bit = Boolean((bits >> i) & 1), a = size - 11 + i % 3, b = Math.floor(i / 3); cells[a][b] = cells[b][a] = bit; } }
    const fixed = cells.map(row => row.map(cell => cell !== undefined));
    const words = codewords(bytes, version); let at = 0;
    for (let right = size - 1, up = true; right > 0; right -= 2, up = !up) {
        if (right === 6) right--;
        for (let i = 0; i < size; i++) for (const column of [right, right - 1]) { const row = up ? size - 1 - i : i; if (fixed[row][column]) continue; cells[row][column] = Boolean((words[at >> 3] ?? 0) >> (7 - (at & 7)) & 1); at++; }
    }
    const drawn = masks.map((mask, index) => {
        const result = cells.map((row, r) => row.map((cell, c) => fixed[r][c] ? Boolean(cell) : Boolean(cell) !== (mask(r, c) === 0)));
        const format = (index << 10 | remainder(index, 0x537, 10)) ^ 0x5412; // level M is 00
        for (const places of format_places) places.forEach(([row, column], i) => { result[row][column] = Boolean((format >> i) & 1); });
        return result;
    });
    return drawn.reduce((best, one) => penalty(one) < penalty(best) ? one : best);
}

function penalty(cells: boolean[][]) {
    const size = cells.length; let sum = 0, dark = 0;
    for (const lines of [cells, cells[0].map((_, column) => cells.map(row => row[column]))]) for (const line of lines) {
        let run = 1;
        for (let i = 1; i <= size; i++) { if (i < size && line[i] === line[i - 1]) run++; else { if (run >= 5) sum += run - 2; run = 1; } }
        const text = line.map(Number).join('');
        sum += 40 * (text.split('10111010000').length + text.split('00001011101').length - 2);
    }
    for (let r = 0; r < size; r++) for (let c = 0; c < size; c++) { if (cells[r][c]) dark++; if (r && c && cells[r][c] === cells[r - 1][c] && cells[r][c] === cells[r][c - 1] && cells[r][c] === cells[r - 1][c - 1]) sum += 3; }
    return sum + 10 * Math.floor(Math.abs(dark / size / size * 100 - 50) / 5);
}

export function qr_path(text: string) {
    const cells = qr_matrix(text), quiet = 4;
    return { size: cells.length + quiet * 2, path: cells.flatMap((row, r) => row.map((on, c) => on ? `M${c + quiet} ${r + quiet}h1v1h-1z` : '')).join('') };
}
