// records.cpp — descriptions of green identifications.
#include "finance/green/records.h"

namespace greenbank::finance {

namespace {

void check_identification(const void* value, Problems& problems) {
    const auto& green = *static_cast<const GreenIdentification*>(value);
    if (green.title.empty()) problems.push_back({"title", "finance.title", "Say in a few words what it is."});
    if (green.emissions_tonnes.has_value() != green.pcaf_option.has_value())
        problems.push_back({"pcaf_option", "green.pcaf", "Emissions and where they come from belong together."});
}

} // namespace

Record describe(const GreenAnswer*) {
    return {"green_answer", "Points of one criterion.",
        {field<&GreenAnswer::criterion>("criterion", "Which criterion.", {.min = 1, .max = 40}),
            field<&GreenAnswer::points>("points", "How many points.", {.min = 0, .max = 1000})}};
}
Record describe(const GreenDocument*) {
    return {"green_document", "A document that shows it.",
        {field<&GreenDocument::name>("name", "Which document.", {.min = 1, .max = 200}),
            field<&GreenDocument::reference>("reference", "Its number, or where it is.", {.min = 1, .max = 300})}};
}
Record describe(const GreenRecognition*) {
    using One = GreenRecognition;
    return {"green_recognition", "A taxonomy in force that knows it.",
        {field<&One::tree>("tree", "Which taxonomy."), field<&One::edition>("edition", "In which edition."), field<&One::code>("code", "Which class."),
            field<&One::edition_title>("edition_title", "What the taxonomy is called."), field<&One::class_name>("class_name", "What the class is called."),
            field<&One::relation>("relation", "How that class lies to the one that was named."),
            field<&One::standing>("standing", "Public, unconfirmed or sample.")}};
}
Record describe(const GreenIdentification*) {
    using Green = GreenIdentification;
    return {"green_identification", "What is green about something, by rule and by score card.",
        {
            field<&Green::id>("id", "Id.", {.read_only = true}),
            field<&Green::title>("title", "What it is called."),
            field<&Green::organisation>("organisation", "Whose it is.", {.read_only = true, .filter = true}),
            field<&Green::organisation_name>("organisation_name", "What that is called.", {.read_only = true}),
            field<&Green::project>("project", "Which project.", {.filter = true}),
            field<&Green::loan>("loan", "Which loan.", {.filter = true}),
            field<&Green::tree>("tree", "By which taxonomy.", {.min = 1, .max = 40, .defaulted = true}),
            field<&Green::edition>("edition", "In which edition; empty: the one of the day.", {.max = 40, .defaulted = true}),
            field<&Green::class_code>("class_code", "Which class of it.", {.min = 1, .max = 40}),
            field<&Green::standard>("standard", "By which standard.", {.min = 1, .max = 80}),
            field<&Green::grade>("grade", "At which grade.", {.min = 1, .max = 20}),
            field<&Green::day>("day", "On which day.", {.sort = true}),
            field<&Green::documents>("documents", "Documents that show it.", {.max = 50, .defaulted = true}),
            field<&Green::answers>("answers", "Points of the score card.", {.min = 1, .max = 50}),
            field<&Green::bars>("bars", "Items that bar and hold.", {.max = 50, .defaulted = true}),
            field<&Green::equity_and_debt>("equity_and_debt", "What finances the borrower or project in all.", {.min = 0.01}),
            field<&Green::emissions_tonnes>("emissions_tonnes", "Its emissions a year.", {.unit = "tCO2e", .min = 0, .max = 1e10}),
            field<&Green::reduction_tonnes>("reduction_tonnes", "Its reductions a year.", {.unit = "tCO2e", .min = 0, .max = 1e10}),
            field<&Green::pcaf_option>("pcaf_option", "Where the emissions come from."),
            field<&Green::rule_met>("rule_met", "The class's standard and grade are met.", {.read_only = true}),
            field<&Green::rule>("rule", "What the class asks for.", {.read_only = true}),
            field<&Green::score>("score", "Of a hundred.", {.read_only = true}),
            field<&Green::shade>("shade", "How green.", {.read_only = true, .filter = true}),
            field<&Green::recognised>("recognised", "Taxonomies in force that know it.", {.max = 200, .read_only = true}),
            field<&Green::state>("state", "Proposed, confirmed or refused.", {.read_only = true, .filter = true}),
            field<&Green::reason>("reason", "Why it was refused.", {.read_only = true}),
            field<&Green::made_by>("made_by", "Who proposes.", {.read_only = true}),
            field<&Green::made_by_name>("made_by_name", "That person's name.", {.read_only = true}),
            field<&Green::checked_by_name>("checked_by_name", "Who has looked.", {.read_only = true}),
            field<&Green::checked_at>("checked_at", "When.", {.read_only = true}),
            field<&Green::sample>("sample", "Part of the sample bank.", {.read_only = true}),
            field<&Green::created_at>("created_at", "When it was entered.", {.read_only = true}),
            field<&Green::updated_at>("updated_at", "When it last changed.", {.read_only = true, .sort = true}),
            field<&Green::version>("version", "Version.", {.read_only = true}),
        },
        check_identification};
}

} // namespace greenbank::finance
