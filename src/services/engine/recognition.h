// recognition.h — "is X accepted in country Y?" from rows of a cross-walk table, by day and by how well a row is known. Pure.
#pragma once

#include <optional>
#include <span>
#include <string>

#include "kernel/record.h"
#include "kernel/time.h"

namespace greenbank::services {

/// identical: one adopts the other's text; mutual: both accept; theirs_accepts: theirs accepts ours; ours_accepts: the other way;
/// partial: some of it, or after further tests; none: known not to be accepted.
enum class RecognitionKind { identical, mutual, theirs_accepts, ours_accepts, partial, none };
/// official: from a source that was seen; unconfirmed: from a secondary one; sample: made up to show how it works.
enum class FactStatus { official, unconfirmed, sample };
enum class RecognitionAnswer { accepted, partly, not_accepted, unknown };

struct RecognitionRow {
    RecognitionKind kind = RecognitionKind::none;
    FactStatus status = FactStatus::sample;
    bool ours_in_theirs = true; // the question goes from our side of the row to theirs
    std::optional<Date> valid_from, valid_to;
};

bool holds_on(const RecognitionRow& row, Date day);
RecognitionAnswer answer_of(const RecognitionRow& row);

struct RecognitionVerdict {
    RecognitionAnswer answer = RecognitionAnswer::unknown;
    std::optional<std::size_t> row; // that decides
};
/// Of the rows that hold on that day the best known one decides (official before unconfirmed before sample); of these the one that
/// accepts most. A row that does not hold says nothing. The order of rows changes the answer of nobody.
RecognitionVerdict judge_recognition(std::span<const RecognitionRow> rows, Date day);

} // namespace greenbank::services

namespace greenbank {
template <> struct Choices<services::RecognitionKind> {
    static constexpr std::string_view name = "recognition_kind";
    static constexpr std::string_view values[] = {"identical", "mutual", "theirs_accepts", "ours_accepts", "partial", "none"};
};
template <> struct Choices<services::FactStatus> {
    static constexpr std::string_view name = "fact_status";
    static constexpr std::string_view values[] = {"official", "unconfirmed", "sample"};
};
template <> struct Choices<services::RecognitionAnswer> {
    static constexpr std::string_view name = "recognition_answer";
    static constexpr std::string_view values[] = {"accepted", "partly", "not_accepted", "unknown"};
};
} // namespace greenbank
