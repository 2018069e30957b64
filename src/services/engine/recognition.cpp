// recognition.cpp — which row decides.
#include "services/engine/recognition.h"

#include <tuple>

namespace greenbank::services {

bool holds_on(const RecognitionRow& row, Date day) { return (!row.valid_from || *row.valid_from <= day) && (!row.valid_to || day <= *row.valid_to); }

RecognitionAnswer answer_of(const RecognitionRow& row) {
    switch (row.kind) {
    case RecognitionKind::identical:
    case RecognitionKind::mutual: return RecognitionAnswer::accepted;
    case RecognitionKind::theirs_accepts: return row.ours_in_theirs ? RecognitionAnswer::accepted : RecognitionAnswer::unknown;
    case RecognitionKind::ours_accepts: return row.ours_in_theirs ? RecognitionAnswer::unknown : RecognitionAnswer::accepted;
    case RecognitionKind::partial: return RecognitionAnswer::partly;
    case RecognitionKind::none: break;
    }
    return RecognitionAnswer::not_accepted;
}

RecognitionVerdict judge_recognition(std::span<const RecognitionRow> rows, Date day) {
    RecognitionVerdict verdict;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const RecognitionAnswer answer = answer_of(rows[i]);
        if (!holds_on(rows[i], day) || answer == RecognitionAnswer::unknown) continue;
        if (verdict.row && std::tuple(rows[*verdict.row].status, verdict.answer) <= std::tuple(rows[i].status, answer)) continue;
        verdict = {answer, i};
    }
    return verdict;
}

} // namespace greenbank::services
