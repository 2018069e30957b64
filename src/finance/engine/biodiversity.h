// biodiversity.h — what is spent on living nature, what it needs, and what is planned to close the gap (the steps of UNDP's BIOFIN). Whole minor units.
#pragma once

#include <cstdint>
#include <vector>

namespace greenbank::finance {

enum class BiodiversityPart { spent, needed, planned };

/// So much in each of the years from..until; of it the share that is for biodiversity.
struct BiodiversityFlow {
    BiodiversityPart part = BiodiversityPart::spent;
    std::size_t tag = 0;
    std::int64_t from = 0, until = 0, amount = 0, share_ppm = 1'000'000;
};
struct BiodiversityYears {
    std::int64_t review_from = 0, review_until = 0, plan_from = 0, plan_until = 0;
};
struct BiodiversityGap {
    std::int64_t spent = 0;    // in the years of the review
    std::int64_t expected = 0; // in the years of the plan, if spending goes on as it was in the mean
    std::int64_t needed = 0, planned = 0;
    std::int64_t gap = 0, left = 0; // needed beyond expected; of that not planned for
};
/// One row for each tag. A need of one tag is not met by what another has too much of.
std::vector<BiodiversityGap> biodiversity_gaps(const std::vector<BiodiversityFlow>& flows, const BiodiversityYears& years, std::size_t tags);
/// The twin: year after year.
std::vector<BiodiversityGap> biodiversity_gaps_naive(const std::vector<BiodiversityFlow>& flows, const BiodiversityYears& years, std::size_t tags);

/// How far an indicator is from where it began to where it should be, in parts of a million; less than zero where it got worse.
std::int64_t outcome_progress_ppm(double baseline, double target, double measured);

} // namespace greenbank::finance
