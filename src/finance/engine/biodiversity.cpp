// biodiversity.cpp — years that overlap, times what each of them has.
#include "finance/engine/biodiversity.h"

#include <algorithm>
#include <cmath>

#include "finance/engine/wide.h"

namespace greenbank::finance {

namespace {

std::int64_t a_year(const BiodiversityFlow& flow) { return static_cast<std::int64_t>(static_cast<Wide>(flow.amount) * flow.share_ppm / 1'000'000); }

void close(BiodiversityGap& gap, const BiodiversityYears& years) {
    const std::int64_t reviewed = years.review_until - years.review_from + 1, planned = years.plan_until - years.plan_from + 1;
    if (reviewed > 0 && planned > 0) gap.expected = static_cast<std::int64_t>(static_cast<Wide>(gap.spent) * planned / reviewed);
    gap.gap = std::max<std::int64_t>(0, gap.needed - gap.expected);
    gap.left = std::max<std::int64_t>(0, gap.gap - gap.planned);
}

std::int64_t& part_of(BiodiversityGap& gap, BiodiversityPart part) {
    return part == BiodiversityPart::spent ? gap.spent : part == BiodiversityPart::needed ? gap.needed : gap.planned;
}

} // namespace

std::vector<BiodiversityGap> biodiversity_gaps(const std::vector<BiodiversityFlow>& flows, const BiodiversityYears& years, std::size_t tags) {
    std::vector<BiodiversityGap> gaps(tags);
    for (const BiodiversityFlow& flow : flows) {
        const bool spent = flow.part == BiodiversityPart::spent;
        const std::int64_t from = std::max(flow.from, spent ? years.review_from : years.plan_from),
                           until = std::min(flow.until, spent ? years.review_until : years.plan_until);
        if (from <= until) part_of(gaps[flow.tag], flow.part) += a_year(flow) * (until - from + 1);
    }
    for (BiodiversityGap& gap : gaps) close(gap, years);
    return gaps;
}

std::vector<BiodiversityGap> biodiversity_gaps_naive(const std::vector<BiodiversityFlow>& flows, const BiodiversityYears& years, std::size_t tags) {
    std::vector<BiodiversityGap> gaps(tags);
    for (std::int64_t year = std::min(years.review_from, years.plan_from); year <= std::max(years.review_until, years.plan_until); ++year)
        for (const BiodiversityFlow& flow : flows) {
            if (year < flow.from || year > flow.until) continue;
            const bool in = flow.part == BiodiversityPart::spent ? year >= years.review_from && year <= years.review_until
                                                                 : year >= years.plan_from && year <= years.plan_until;
            if (in) part_of(gaps[flow.tag], flow.part) += a_year(flow);
        }
    for (BiodiversityGap& gap : gaps) close(gap, years);
    return gaps;
}

std::int64_t outcome_progress_ppm(double baseline, double target, double measured) {
    if (target == baseline) return measured == target ? 1'000'000 : 0;
    return std::llround(std::clamp((measured - baseline) / (target - baseline), -10.0, 10.0) * 1e6);
}

} // namespace greenbank::finance
