// The proof of a record of the transparency log, worked out here from its bytes: nothing is believed that the server only says.
export type LogHead = { number: number; size: number; root: string; at: string; note: string; witnesses?: string[] };
export type LogRecord = { position: number; code: string; kind: string; subject: string; at: string; digest: string; leaf_hash: string };
export type LogProof = LogRecord & { leaf: string; content?: string; head?: LogHead; proof?: string[]; versions?: LogRecord[] };
export type LogState = { origin: string; hash: string; key: string; records: number; head?: LogHead; earlier_keys?: string[]; begun_at: string };

export type Step = { name: 'content' | 'record' | 'root' | 'note' | 'signature'; good?: boolean; value?: string };

type Bytes = Uint8Array<ArrayBuffer>;
const text_bytes = (text: string): Bytes => new TextEncoder().encode(text) as Bytes;
const from_hex = (hex: string): Bytes => Uint8Array.from(hex.match(/../g) ?? [], pair => parseInt(pair, 16)) as Bytes;
const to_hex = (bytes: Uint8Array) => Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('');
const from_base64 = (text: string): Bytes => Uint8Array.from(atob(text), one => one.charCodeAt(0)) as Bytes;
function joined(...parts: Uint8Array[]): Bytes {
    const all = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
    let at = 0;
    for (const part of parts) { all.set(part, at); at += part.length; }
    return all as Bytes;
}
const sha256 = async (...parts: Uint8Array[]) => new Uint8Array(await crypto.subtle.digest('SHA-256', joined(...parts))) as Bytes;

/** The browser can work with SHA-256: it must have come by https, or from this machine. */
export const can_check = (hash: string) => hash === 'sha256' && Boolean(globalThis.crypto?.subtle);

/** RFC 9162 §2.1.3.2: the root that the record and the hashes beside its way up make; nothing where there are too many or too few. */
export async function root_from(position: number, size: number, leaf_hash: Uint8Array, proof: Uint8Array[]): Promise<Uint8Array | undefined> {
    if (position >= size) return undefined;
    let node = BigInt(position), last = BigInt(size - 1), hash = leaf_hash;
    for (const beside of proof) {
        if (last === 0n) return undefined;
        if (node & 1n || node === last) {
            hash = await sha256(Uint8Array.of(1), beside, hash);
            while (node !== 0n && !(node & 1n)) { node >>= 1n; last >>= 1n; }
        } else hash = await sha256(Uint8Array.of(1), hash, beside);
        node >>= 1n;
        last >>= 1n;
    }
    return last === 0n ? hash : undefined;
}

/** No browser knows SM2, whose keys begin otherwise. */
export const signs_with_ed25519 = (key: string) => from_base64(split_key(key)[2])[0] === 1;

/** Is the note signed with this key ("name+id+key")? Nothing where the browser does not know the kind of signature. */
async function is_signed(note: string, key: string): Promise<boolean | undefined> {
    const blank = note.lastIndexOf('\n\n'), text = note.slice(0, blank + 1), [name, , encoded] = split_key(key);
    const line = note.slice(blank + 2).split('\n').find(one => one.startsWith(`\u2014 ${name} `));
    if (!line) return false;
    if (!signs_with_ed25519(key)) return undefined;
    const signature = from_base64(line.slice(name.length + 3)).slice(4) as Bytes;
    try {
        const imported = await crypto.subtle.importKey('raw', from_base64(encoded).slice(1) as Bytes, { name: 'Ed25519' }, false, ['verify']);
        return await crypto.subtle.verify({ name: 'Ed25519' }, imported, signature, text_bytes(text));
    } catch { return undefined; }
}
function split_key(key: string): [string, string, string] {
    const first = key.indexOf('+'), second = key.indexOf('+', first + 1);
    return [key.slice(0, first), key.slice(first + 1, second), key.slice(second + 1)];
}

/** Each step on the way from what a record says to the signature above it; `good` is left out where it cannot be checked here. */
export async function steps_of(proof: LogProof, key: string): Promise<Step[]> {
    const steps: Step[] = [], lines = proof.leaf.split('\n');
    if (proof.content !== undefined) {
        const digest = to_hex(await sha256(text_bytes(proof.content)));
        steps.push({ name: 'content', value: digest, good: digest === lines[4] });
    }
    const leaf = await sha256(Uint8Array.of(0), text_bytes(proof.leaf));
    const told = lines[0] === 'greenbank leaf 1' && lines[1] === proof.kind && lines[2] === proof.subject && lines[4] === proof.digest;
    steps.push({ name: 'record', value: to_hex(leaf), good: told && to_hex(leaf) === proof.leaf_hash && to_hex(leaf).startsWith(proof.code.split('-')[1]) });
    if (!proof.head) return steps;
    const root = await root_from(proof.position, proof.head.size, leaf, (proof.proof ?? []).map(from_hex));
    steps.push({ name: 'root', value: root && to_hex(root), good: Boolean(root) && to_hex(root!) === proof.head.root });
    const [origin, size, stated] = proof.head.note.split('\n');
    steps.push({ name: 'note', value: origin, good: key.startsWith(origin + '+') && size === String(proof.head.size) && Boolean(root) && to_hex(from_base64(stated)) === to_hex(root!) });
    steps.push({ name: 'signature', value: key, good: await is_signed(proof.head.note, key) });
    return steps;
}
