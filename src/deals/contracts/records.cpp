// records.cpp — descriptions of contracts, and the rules across their fields.
#include "deals/contracts/records.h"

#include "deals/contracts/rules.h"

namespace greenbank::deals {

Record describe(const ContractParty*) {
    return {"contract_party", "A party to a contract, and what it has said to it.",
        {
            field<&ContractParty::organisation>("organisation", "Which organisation."),
            field<&ContractParty::role>("role", "The client pays into escrow; suppliers are paid from it; partners neither."),
            field<&ContractParty::account>("account", "Its deposit at the bank; absent: its only one in the currency."),
            field<&ContractParty::agreed>("agreed", "It has agreed to the text.", {.read_only = true}),
            field<&ContractParty::signer>("signer", "Who signed for it.", {.read_only = true}),
            field<&ContractParty::signed_at>("signed_at", "When.", {.read_only = true}),
        }};
}

Record describe(const MilestonePart*) {
    return {"milestone_part", "What a supplier gets for a milestone.",
        {field<&MilestonePart::organisation>("organisation", "Which supplier."), field<&MilestonePart::amount>("amount", "How much.", {.min = 0})}};
}

Record describe(const ContractEvidence*) {
    return {"contract_evidence", "What shows that a milestone is reached.",
        {
            field<&ContractEvidence::note>("note", "What it shows.", {.min = 1, .max = 2000}),
            field<&ContractEvidence::file>("file", "A file."),
            field<&ContractEvidence::file_name>("file_name", "What that is called.", {.max = 300}),
            field<&ContractEvidence::person_name>("person_name", "Who brought it.", {.read_only = true}),
            field<&ContractEvidence::at>("at", "When.", {.read_only = true}),
        }};
}

Record describe(const ContractMilestone*) {
    return {"contract_milestone", "A step that is paid for once its evidence is accepted.",
        {
            field<&ContractMilestone::number>("number", "Its number in the contract.", {.min = 1, .max = 100}),
            field<&ContractMilestone::title>("title", "What is reached."),
            field<&ContractMilestone::due>("due", "Until when."),
            field<&ContractMilestone::parts>("parts", "Who gets how much for it.", {.min = 1, .max = 20}),
            field<&ContractMilestone::project_milestone>("project_milestone", "The milestone of the project that it is."),
            field<&ContractMilestone::state>("state", "How far it is.", {.read_only = true}),
            field<&ContractMilestone::evidence>("evidence", "What shows it.", {.max = 50, .read_only = true}),
            field<&ContractMilestone::accepted_at>("accepted_at", "When it was accepted.", {.read_only = true}),
            field<&ContractMilestone::released_at>("released_at", "When it was paid.", {.read_only = true}),
            field<&ContractMilestone::accepted_by>("accepted_by", "Who accepted it.", {.read_only = true}),
            field<&ContractMilestone::rejection>("rejection", "Why its evidence was sent back.", {.max = 2000, .read_only = true}),
        }};
}

Record describe(const Obligation*) {
    return {"contract_obligation", "Something a party has promised beside the milestones.",
        {
            field<&Obligation::organisation>("organisation", "Who."),
            field<&Obligation::what>("what", "What."),
            field<&Obligation::due>("due", "Until when."),
            field<&Obligation::met_at>("met_at", "When it was met.", {.read_only = true}),
        }};
}

Record describe(const ClauseValue*) {
    return {"clause_value", "A value for a place in a clause.",
        {field<&ClauseValue::name>("name", "The place."), field<&ClauseValue::value>("value", "What stands there; the same in every language: once.")}};
}

Record describe(const Claim*) {
    return {"contract_claim", "What a party claims of the others.",
        {
            field<&Claim::organisation>("organisation", "Who claims."),
            field<&Claim::reason>("reason", "For what."),
            field<&Claim::text>("text", "In words.", {.max = 4000}),
            field<&Claim::amount>("amount", "How much."),
            field<&Claim::at>("at", "When it was brought."),
            field<&Claim::outcome>("outcome", "What became of it.", {.max = 4000}),
        }};
}

Record describe(const Contract*) {
    return {"contract", "What parties have agreed on, from its draft to its end.",
        {
            field<&Contract::id>("id", "Id.", {.read_only = true}),
            field<&Contract::number>("number", "Its number, as the parties call it.", {.min = 1, .max = 60, .filter = true}),
            field<&Contract::title>("title", "What it is called."),
            field<&Contract::subject>("subject", "What it is about, in a few sentences."),
            field<&Contract::kind>("kind", "What kind of contract.", {.filter = true}),
            field<&Contract::deal>("deal", "The deal it belongs to.", {.filter = true}),
            field<&Contract::further_deals>("further_deals", "Deals with the other suppliers of a consortium.", {.max = 10, .defaulted = true}),
            field<&Contract::project>("project", "The project it builds.", {.filter = true}),
            field<&Contract::parties>("parties", "Who: two or more; of a paid one exactly one client.", {.min = 2, .max = 20}),
            field<&Contract::amount>("amount", "All that is paid through the bank; zero: nothing is."),
            field<&Contract::governing_language>("governing_language", "The text that counts where texts differ."),
            field<&Contract::second_language>("second_language", "The other language it is written in."),
            field<&Contract::starts_on>("starts_on", "Its first day."),
            field<&Contract::ends_on>("ends_on", "Its last day.", {.sort = true}),
            field<&Contract::milestones>("milestones", "Steps that are paid for; together they come to the amount.", {.max = 50, .defaulted = true}),
            field<&Contract::obligations>("obligations", "What else is promised.", {.max = 50, .defaulted = true}),
            field<&Contract::parameters>("parameters", "Values for places in the clauses.", {.max = 60, .defaulted = true}),
            field<&Contract::clauses_left_out>("clauses_left_out", "Clauses of the templates that shall not stand in it.", {.max = 40, .defaulted = true}),
            field<&Contract::special_terms>("special_terms", "What the parties agree on beside the clauses.", {.defaulted = true}),
            field<&Contract::claims>("claims", "What parties claim of each other.", {.max = 100, .read_only = true}),
            field<&Contract::escrow_account>("escrow_account", "The account that holds the money.", {.read_only = true}),
            field<&Contract::funded>("funded", "Paid into escrow so far.", {.read_only = true}),
            field<&Contract::released>("released", "Paid out of it.", {.read_only = true}),
            field<&Contract::refunded>("refunded", "Paid back.", {.read_only = true}),
            field<&Contract::state>("state", "Where it stands.", {.read_only = true, .filter = true}),
            field<&Contract::since>("since", "Since when.", {.read_only = true, .sort = true}),
            field<&Contract::initiator>("initiator", "Who gave notice or brought the claim that is open.", {.read_only = true}),
            field<&Contract::end_reason>("end_reason", "Why it ends.", {.read_only = true, .filter = true}),
            field<&Contract::comment>("comment", "The last word to it.", {.max = 4000, .read_only = true}),
            field<&Contract::signed_at>("signed_at", "When the last party signed.", {.read_only = true, .sort = true}),
            field<&Contract::started_at>("started_at", "When it came into force.", {.read_only = true}),
            field<&Contract::ended_at>("ended_at", "When it ended.", {.read_only = true}),
            field<&Contract::revision>("revision", "Which edition of the text.", {.read_only = true}),
            field<&Contract::created_by>("created_by", "The organisation that drafted it.", {.max = 80, .read_only = true}),
            field<&Contract::sample>("sample", "Part of the sample bank.", {.read_only = true}),
            field<&Contract::created_at>("created_at", "When it was drafted.", {.read_only = true, .sort = true}),
            field<&Contract::updated_at>("updated_at", "When it was last changed.", {.read_only = true, .sort = true}),
            field<&Contract::version>("version", "Goes up with every change.", {.read_only = true}),
        },
        [](const void* value, Problems& problems) { check_contract(*static_cast<const Contract*>(value), problems); }};
}

Record describe(const ContractVersion*) {
    return {"contract_version", "The text of a contract as it was put to the parties, or signed.",
        {
            field<&ContractVersion::id>("id", "Id.", {.read_only = true}),
            field<&ContractVersion::contract>("contract", "Of which contract.", {.read_only = true, .filter = true}),
            field<&ContractVersion::number>("number", "Which version.", {.read_only = true, .sort = true}),
            field<&ContractVersion::action>("action", "What was done.", {.read_only = true}),
            field<&ContractVersion::person_name>("person_name", "By whom.", {.read_only = true}),
            field<&ContractVersion::organisation>("organisation", "For which organisation.", {.read_only = true}),
            field<&ContractVersion::content>("content", "What the parties agree on, as JSON.", {.max = 10'000'000, .read_only = true}),
            field<&ContractVersion::comment>("comment", "What was said to it.", {.max = 4000, .read_only = true}),
            field<&ContractVersion::at>("at", "When.", {.read_only = true}),
            field<&ContractVersion::sample>("sample", "Part of the sample bank.", {.read_only = true}),
        }};
}

Record describe(const EscrowLine*) {
    return {"escrow_line", "One transfer of an order.",
        {
            field<&EscrowLine::organisation>("organisation", "Who pays or is paid."),
            field<&EscrowLine::account>("account", "Its account."),
            field<&EscrowLine::amount>("amount", "How much."),
            field<&EscrowLine::transfer>("transfer", "The transfer in the ledger."),
        }};
}

Record describe(const EscrowOrder*) {
    return {"escrow_order", "Money into a contract's escrow, out of it or back: one person asks, another one agrees.",
        {
            field<&EscrowOrder::id>("id", "Id."),
            field<&EscrowOrder::contract>("contract", "Of which contract.", {.filter = true}),
            field<&EscrowOrder::kind>("kind", "Into escrow, to suppliers, or back to the client.", {.filter = true}),
            field<&EscrowOrder::milestone>("milestone", "For which milestone."),
            field<&EscrowOrder::lines>("lines", "The transfers.", {.max = 50}),
            field<&EscrowOrder::amount>("amount", "All of them together."),
            field<&EscrowOrder::state>("state", "Waiting, posted, refused or withdrawn.", {.filter = true}),
            field<&EscrowOrder::made_by>("made_by", "Who asked for it."),
            field<&EscrowOrder::made_by_name>("made_by_name", "That person's name."),
            field<&EscrowOrder::organisation>("organisation", "For which organisation.", {.filter = true}),
            field<&EscrowOrder::made_at>("made_at", "When.", {.sort = true}),
            field<&EscrowOrder::checked_by>("checked_by", "Who agreed or refused."),
            field<&EscrowOrder::checked_by_name>("checked_by_name", "That person's name."),
            field<&EscrowOrder::reason>("reason", "Why it was refused.", {.max = 1000}),
            field<&EscrowOrder::checked_at>("checked_at", "When."),
            field<&EscrowOrder::sample>("sample", "Part of the sample bank."),
            field<&EscrowOrder::version>("version", "Goes up with every change."),
        }};
}

} // namespace greenbank::deals
