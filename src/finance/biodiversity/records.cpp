// records.cpp — descriptions of biodiversity finance.
#include "finance/biodiversity/records.h"

namespace greenbank::finance {

namespace {

void check_line(const void* value, Problems& problems) {
    const auto& line = *static_cast<const BiodiversityLine*>(value);
    if (line.title.empty()) problems.push_back({"title", "finance.title", "Say in a few words what it is."});
    if (line.amount.minor <= 0) problems.push_back({"amount", "finance.amount", "An amount is more than zero."});
    if (line.year_until < line.year_from) problems.push_back({"year_until", "finance.dates_order", "The end comes after the start."});
}
void check_product(const void* value, Problems& problems) {
    const auto& product = *static_cast<const BiodiversityProduct*>(value);
    if (product.title.empty()) problems.push_back({"title", "finance.title", "Say in a few words what it is."});
    if (product.amount.minor <= 0) problems.push_back({"amount", "finance.amount", "An amount is more than zero."});
    if (product.ends_on <= product.begins_on) problems.push_back({"ends_on", "finance.dates_order", "The end comes after the start."});
    for (const OutcomeIndicator& one : product.indicators)
        if (one.target == one.baseline) problems.push_back({"indicators", "biodiversity.no_change", "A target differs from where it begins."});
}

} // namespace

Record describe(const BiodiversityLine*) {
    using One = BiodiversityLine;
    return {"biodiversity_line", "Money spent on living nature, needed for it, or planned.",
        {
            field<&One::id>("id", "Id.", {.read_only = true}),
            field<&One::part>("part", "Spent, needed or planned.", {.filter = true}),
            field<&One::tag>("tag", "What for.", {.filter = true}),
            field<&One::title>("title", "What it is."),
            field<&One::country>("country", "Where: the country.", {.min = 2, .max = 2, .filter = true}),
            field<&One::place>("place", "Where: the city or the region."),
            field<&One::year_from>("year_from", "The first year.", {.min = 1990, .max = 2100, .sort = true}),
            field<&One::year_until>("year_until", "The last year.", {.min = 1990, .max = 2100}),
            field<&One::amount>("amount", "In each year.", {.min = 0}),
            field<&One::share>("share", "Of it for biodiversity.", {.unit = "%", .min = 0.01, .max = 100, .defaulted = true}),
            field<&One::instrument>("instrument", "Of what is planned: how it is paid for, such as a levy, a bond, a fund.", {.min = 1, .max = 200}),
            field<&One::source>("source", "Where the figure is from.", {.min = 1, .max = 300}),
            field<&One::status>("status", "Official, unconfirmed or sample.", {.defaulted = true, .filter = true}),
            field<&One::organisation>("organisation", "Who entered it.", {.read_only = true, .filter = true}),
            field<&One::organisation_name>("organisation_name", "What that is called.", {.read_only = true}),
            field<&One::sample>("sample", "Part of the sample bank.", {.read_only = true}),
            field<&One::created_at>("created_at", "When it was entered.", {.read_only = true}),
            field<&One::updated_at>("updated_at", "When it last changed.", {.read_only = true, .sort = true}),
            field<&One::version>("version", "Version.", {.read_only = true}),
        },
        check_line};
}
Record describe(const OutcomeIndicator*) {
    using One = OutcomeIndicator;
    return {"outcome_indicator", "An outcome that is promised.",
        {field<&One::name>("name", "What is counted, such as hectares restored.", {.min = 1, .max = 100}),
            field<&One::unit>("unit", "In which unit.", {.min = 1, .max = 30}), field<&One::baseline>("baseline", "Where it begins."),
            field<&One::target>("target", "Where it should be at the end.")}};
}
Record describe(const OutcomeMeasurement*) {
    using One = OutcomeMeasurement;
    return {"outcome_measurement", "What was measured of an outcome.",
        {field<&One::indicator>("indicator", "Which indicator, from 0."), field<&One::value>("value", "What it was."), field<&One::day>("day", "When."),
            field<&One::evidence>("evidence", "Which paper or data set, and where it lies."), field<&One::made_by>("made_by", "Who entered it."),
            field<&One::made_by_name>("made_by_name", "That person's name."), field<&One::checked_by_name>("checked_by_name", "Who has looked at it."),
            field<&One::state>("state", "Whether it counts."), field<&One::reason>("reason", "Why it was refused.")}};
}
Record describe(const BiodiversityProduct*) {
    using One = BiodiversityProduct;
    return {"biodiversity_product", "A loan, bond, lease or fund that promises outcomes for living nature.",
        {
            field<&One::id>("id", "Id.", {.read_only = true}),
            field<&One::title>("title", "What it is called."),
            field<&One::contract>("contract", "The loan, bond, lease or fund behind it, by its id.", {.min = 5, .max = 60, .filter = true}),
            field<&One::project>("project", "Whose project.", {.filter = true}),
            field<&One::project_title>("project_title", "What that is called.", {.read_only = true}),
            field<&One::organisation>("organisation", "Who promises.", {.read_only = true, .filter = true}),
            field<&One::organisation_name>("organisation_name", "What that is called.", {.read_only = true}),
            field<&One::amount>("amount", "How much of the contract is for it.", {.min = 0}),
            field<&One::indicators>("indicators", "What is promised.", {.min = 1, .max = 20}),
            field<&One::measurements>("measurements", "What was measured.", {.max = 500, .read_only = true}),
            field<&One::begins_on>("begins_on", "Its first day."),
            field<&One::ends_on>("ends_on", "Its last day.", {.sort = true}),
            field<&One::sample>("sample", "Part of the sample bank.", {.read_only = true}),
            field<&One::created_at>("created_at", "When it was entered.", {.read_only = true}),
            field<&One::updated_at>("updated_at", "When it last changed.", {.read_only = true, .sort = true}),
            field<&One::version>("version", "Version.", {.read_only = true}),
        },
        check_product};
}

} // namespace greenbank::finance
