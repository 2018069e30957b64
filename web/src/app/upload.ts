// A file into the bank, part by part, so that a bar can be drawn and a broken line costs one part.
import { ApiProblem, post, wire_language } from './api';
import { local_sentence } from './api';

const part_bytes = 512 * 1024; // as kept_files.h says

async function send_part(id: string, number: number, part: Blob) {
    const answer = await fetch(`/api/v1/files/${encodeURIComponent(id)}/parts/${number}`, {
        method: 'POST', body: part, credentials: 'same-origin',
        headers: { 'Content-Type': 'application/octet-stream', 'X-Greenbank-Request': '1', 'Accept-Language': wire_language.value },
    });
    if (answer.ok) return;
    const body = await answer.json().catch(() => ({}));
    throw new ApiProblem(answer.status, body.code ?? 'upload', body.detail ?? local_sentence.of('refused'), body.problems ?? []);
}

/** The id of the file; `report` hears how much is there, from 0 to 1. */
export async function upload(file: File, report: (share: number) => void) {
    const made = await post<{ id: string }>('/files', { name: file.name.slice(0, 255), content_type: file.type || 'application/octet-stream', bytes: file.size });
    for (let number = 0; number * part_bytes < file.size; number++) {
        const part = file.slice(number * part_bytes, (number + 1) * part_bytes);
        try { await send_part(made.id, number, part); }
        catch (problem) { if (problem instanceof ApiProblem) throw problem; await send_part(made.id, number, part); } // the line broke: once more
        report(Math.min(1, ((number + 1) * part_bytes) / file.size));
    }
    return made.id;
}
