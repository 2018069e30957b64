// records.cpp — descriptions of deals and their steps.
#include "deals/pipeline/records.h"

#include "deals/interest/records.h"

namespace greenbank::deals {

Record describe(const Deal*) {
    return {"deal", "Two organisations on their way from a first contact to a contract that is performed.",
        {
            field<&Deal::id>("id", "Id.", {.read_only = true}),
            field<&Deal::title>("title", "What it is about."),
            field<&Deal::kind>("kind", "technology, need or capital_offer; empty: it began without an entry.", {.max = 40, .read_only = true}),
            field<&Deal::entry>("entry", "The entry it is about.", {.max = 80, .defaulted = true, .filter = true}),
            field<&Deal::field>("field", "The field of technology.", {.filter = true}),
            field<&Deal::country>("country", "The country of who asked.", {.max = 2, .read_only = true, .filter = true}),
            field<&Deal::cooperation>("cooperation", "What kind of cooperation is sought.", {.filter = true}),
            field<&Deal::seeker>("seeker", "Who seeks: the interested party, the buyer."),
            field<&Deal::owner>("owner", "Who has what is sought."),
            field<&Deal::interest>("interest", "The expression of interest it began with.", {.read_only = true}),
            field<&Deal::trail>("trail", "The name of its steps.", {.max = 80, .read_only = true}),
            field<&Deal::adviser>("adviser", "The officer of the bank who accompanies it.", {.max = 80, .read_only = true}),
            field<&Deal::adviser_name>("adviser_name", "That person's name.", {.read_only = true}),
            field<&Deal::stage>("stage", "How far it has come.", {.read_only = true, .filter = true, .sort = true}),
            field<&Deal::since>("since", "Since when it is there.", {.read_only = true, .sort = true}),
            field<&Deal::next_step>("next_step", "What is to be done next.", {.min = 1, .max = 500}),
            field<&Deal::next_by>("next_by", "By which of the two; absent: the adviser."),
            field<&Deal::next_due>("next_due", "Until when.", {.sort = true}),
            field<&Deal::outcome>("outcome", "Open, won or lost.", {.read_only = true, .filter = true}),
            field<&Deal::loss_reason>("loss_reason", "Why it was lost.", {.read_only = true, .filter = true}),
            field<&Deal::comment>("comment", "In words.", {.max = 2000, .read_only = true}),
            field<&Deal::sample>("sample", "Part of the sample bank.", {.read_only = true}),
            field<&Deal::created_at>("created_at", "When the two first knew of each other.", {.read_only = true, .sort = true}),
            field<&Deal::updated_at>("updated_at", "When it was last changed.", {.read_only = true, .sort = true}),
            field<&Deal::version>("version", "Goes up with every change.", {.read_only = true}),
        },
        [](const void* value, Problems& problems) {
            const auto& deal = *static_cast<const Deal*>(value);
            if (deal.title.empty()) problems.push_back({"title", "deal.title", "Say in a few words what it is about."});
            if (!deal.seeker.empty() && deal.seeker == deal.owner) problems.push_back({"owner", "deal.with_itself", "A deal is between two organisations."});
            if (deal.next_by && *deal.next_by != deal.seeker && *deal.next_by != deal.owner)
                problems.push_back({"next_by", "deal.not_a_party", "Name one of the two organisations of the deal."});
        }};
}

Record describe(const DealStep*) {
    return {"deal_step", "A deal entered a stage, or was lost.",
        {
            field<&DealStep::id>("id", "Id.", {.read_only = true}),
            field<&DealStep::trail>("trail", "Of which deal or interest.", {.read_only = true}),
            field<&DealStep::stage>("stage", "The stage.", {.read_only = true}),
            field<&DealStep::lost>("lost", "It was lost there.", {.read_only = true}),
            field<&DealStep::at>("at", "When.", {.read_only = true, .sort = true}),
            field<&DealStep::sample>("sample", "Part of the sample bank.", {.read_only = true}),
        }};
}

} // namespace greenbank::deals
