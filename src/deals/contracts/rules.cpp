// rules.cpp — the rules across a contract's fields.
#include "deals/contracts/rules.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

namespace greenbank::deals {

namespace {

std::size_t count_of(const Contract& contract, PartyRole role) {
    return static_cast<std::size_t>(
        std::count_if(contract.parties.begin(), contract.parties.end(), [&](const ContractParty& one) { return one.role == role; }));
}

void check_parties(const Contract& contract, Problems& problems) {
    std::set<std::string> seen;
    for (std::size_t i = 0; i < contract.parties.size(); ++i)
        if (!seen.insert(contract.parties[i].organisation.text).second)
            problems.push_back({fmt::format("parties[{}].organisation", i), "contract.party_twice", "This organisation is a party already."});
    if (contract.amount.minor == 0) return;
    if (count_of(contract, PartyRole::client) != 1)
        problems.push_back({"parties", "contract.one_client", "Of a contract that is paid through the bank exactly one party is the client."});
    if (count_of(contract, PartyRole::supplier) == 0)
        problems.push_back({"parties", "contract.no_supplier", "Somebody must be paid: make one party a supplier."});
}

void check_milestones(const Contract& contract, Problems& problems) {
    std::set<std::int64_t> numbers;
    for (std::size_t i = 0; i < contract.milestones.size(); ++i) {
        const ContractMilestone& milestone = contract.milestones[i];
        const std::string at = fmt::format("milestones[{}]", i);
        if (!numbers.insert(milestone.number).second) problems.push_back({at + ".number", "contract.milestone_twice", "This number stands twice."});
        if (milestone.title.empty()) problems.push_back({at + ".title", "contract.milestone_title", "Say what is reached."});
        if (contract.ends_on && milestone.due > *contract.ends_on)
            problems.push_back({at + ".due", "contract.milestone_late", "This day is after the contract's last."});
        for (std::size_t j = 0; j < milestone.parts.size(); ++j) {
            const MilestonePart& part = milestone.parts[j];
            const std::string place = fmt::format("{}.parts[{}]", at, j);
            const auto party = party_of(contract, part.organisation.text);
            if (!party || contract.parties[*party].role != PartyRole::supplier)
                problems.push_back({place + ".organisation", "contract.not_a_supplier", "Only suppliers among the parties are paid for milestones."});
            if (part.amount.currency != contract.amount.currency)
                problems.push_back({place + ".amount", "contract.currency", "All amounts of a contract are in its currency, {currency}.",
                    {{"currency", contract.amount.currency}}});
            if (part.amount.minor <= 0) problems.push_back({place + ".amount", "contract.positive", "This must be more than zero."});
        }
    }
}

} // namespace

void check_contract(const Contract& contract, Problems& problems) {
    if (contract.title.empty()) problems.push_back({"title", "contract.title", "Give the contract a title."});
    if (contract.subject.empty()) problems.push_back({"subject", "contract.subject", "Say what the contract is about."});
    if (contract.amount.minor < 0) problems.push_back({"amount", "contract.negative", "An amount is zero or more."});
    if (contract.kind == ContractKind::memorandum && contract.amount.minor != 0)
        problems.push_back({"amount", "contract.memorandum_paid", "A memorandum binds nobody to pay; choose another kind, or zero."});
    if (contract.starts_on && contract.ends_on && *contract.ends_on < *contract.starts_on)
        problems.push_back({"ends_on", "contract.days", "It ends before it begins."});
    if (contract.second_language == contract.governing_language)
        problems.push_back({"second_language", "contract.same_language", "Choose another language than the first, or none."});
    check_parties(contract, problems);
    check_milestones(contract, problems);
    for (std::size_t i = 0; i < contract.obligations.size(); ++i)
        if (!party_of(contract, contract.obligations[i].organisation.text))
            problems.push_back({fmt::format("obligations[{}].organisation", i), "contract.not_a_party", "Only a party can promise something."});
}

Escrow escrow_of(const Contract& contract) {
    return {.amount = contract.amount.minor, .funded = contract.funded.minor, .released = contract.released.minor, .refunded = contract.refunded.minor};
}

std::vector<bool> payers_of(const Contract& contract) {
    const bool somebody = count_of(contract, PartyRole::client) > 0;
    std::vector<bool> pays;
    for (const ContractParty& party : contract.parties) pays.push_back(!somebody || party.role == PartyRole::client);
    return pays;
}

std::optional<std::size_t> party_of(const Contract& contract, const std::string& organisation) {
    for (std::size_t i = 0; i < contract.parties.size(); ++i)
        if (!organisation.empty() && contract.parties[i].organisation.text == organisation) return i;
    return {};
}

} // namespace greenbank::deals
