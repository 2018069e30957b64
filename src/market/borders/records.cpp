// records.cpp — descriptions of what settlement across a border keeps.
#include "market/borders/records.h"

#include <set>

#include <fmt/format.h>

namespace greenbank::market {

namespace {

/// A code stands in statements, a word on a line of words.
bool is_statement_word(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || c == '-'; });
}

void check_arrangement(const void* value, Problems& problems) {
    const auto& arrangement = *static_cast<const BorderArrangement*>(value);
    constexpr const char* word = "Write capital letters, digits and hyphens, such as CN-ISLAND; statements of both banks name it so.";
    if (!is_statement_word(arrangement.code)) problems.push_back({"code", "border.code", word});
    if (arrangement.home == arrangement.abroad) problems.push_back({"abroad", "border.same_market", "Choose two different markets."});
    std::set<std::string> codes, members;
    for (std::size_t i = 0; i < arrangement.members.size(); ++i) {
        const BorderMember& member = arrangement.members[i];
        if (!is_statement_word(member.code)) problems.push_back({fmt::format("members[{}].code", i), "border.code", word});
        if (!codes.insert(member.code).second || !members.insert(member.organisation.text).second)
            problems.push_back({fmt::format("members[{}].code", i), "border.member_twice", "Each member and each code stands once."});
    }
}

} // namespace

Record describe(const EligibleProduct*) {
    using One = EligibleProduct;
    return {"border_product", "Tonnes that may cross the border.",
        {field<&One::product>("product", "Which tonnes: of one of the two markets."),
            field<&One::adjustment_needed>(
                "adjustment_needed", "How far the host country must have gone in adjusting its balance before they cross.", {.defaulted = true})}};
}
Record describe(const BorderMember*) {
    using One = BorderMember;
    return {"border_member", "Who takes part.",
        {field<&One::organisation>("organisation", "Which organisation."), field<&One::code>("code", "What statements call it.", {.min = 2, .max = 30}),
            field<&One::currency>("currency", "In which of the two currencies it settles.", {.min = 3, .max = 3})}};
}

Record describe(const BorderArrangement*) {
    using One = BorderArrangement;
    return {"border_arrangement", "Two markets in two currencies between which tonnes may be dealt in; a simulation, no rule for it is in force.",
        {
            field<&One::id>("id", "Id.", {.read_only = true}),
            field<&One::code>(
                "code", "What statements call it; the other bank's arrangement has the same code.", {.min = 2, .max = 30, .unique = true, .sort = true}),
            field<&One::name>("name", "Its name.", {.min = 1, .max = 200}),
            field<&One::home>("home", "The market of the home currency.", {.filter = true}),
            field<&One::abroad>("abroad", "The market of the other currency.", {.filter = true}),
            field<&One::rate_basis>("rate_basis", "The ledger's stored rate, or one that is quoted for the settlement.", {.defaulted = true}),
            field<&One::rate_days_max>("rate_days_max", "A stored rate is no older.", {.unit = "d", .min = 0, .max = 366, .defaulted = true}),
            field<&One::products>("products", "Tonnes that may cross.", {.max = 100, .defaulted = true}),
            field<&One::members>("members", "Who takes part.", {.max = 200, .defaulted = true}),
            field<&One::source>("source", "On what it rests.", {.max = 500, .defaulted = true}),
            field<&One::simulation>("simulation", "Always: nobody's rules are in force here.", {.read_only = true}),
            field<&One::sample>("sample", "Part of the sample bank.", {.read_only = true, .filter = true}),
            field<&One::created_at>("created_at", "When it was entered.", {.read_only = true}),
            field<&One::updated_at>("updated_at", "When it was last changed.", {.read_only = true}),
            field<&One::version>("version", "Goes up with every change.", {.read_only = true}),
        },
        check_arrangement};
}

Record describe(const BorderTrade*) {
    using One = BorderTrade;
    return {"border_deal", "A deal across the border: settled with the others, net.",
        {
            field<&One::id>("id", "Id.", {.read_only = true}),
            field<&One::arrangement>("arrangement", "Under which arrangement.", {.filter = true}),
            field<&One::seller>("seller", "Who gives the tonnes.", {.filter = true}),
            field<&One::buyer>("buyer", "Who pays.", {.filter = true}),
            field<&One::proposer>("proposer", "Who proposed it.", {.read_only = true}),
            field<&One::product>("product", "Which tonnes.", {.filter = true}),
            field<&One::tonnes>("tonnes", "How many.", {.unit = "t", .min = 1, .max = 1e10}),
            field<&One::price>("price", "For a tonne, in the currency of the product's market.", {.min = 1, .max = 20}),
            field<&One::currency>("currency", "That currency.", {.read_only = true}),
            field<&One::state>("state", "Proposed, agreed, settled, failed or refused.", {.read_only = true, .filter = true}),
            field<&One::reason>("reason", "Why it failed.", {.read_only = true}),
            field<&One::settlement>("settlement", "Which settlement took it up.", {.read_only = true, .filter = true}),
            field<&One::sample>("sample", "Part of the sample bank.", {.read_only = true, .filter = true}),
            field<&One::created_at>("created_at", "When it was proposed.", {.read_only = true, .sort = true}),
            field<&One::updated_at>("updated_at", "When it last changed.", {.read_only = true}),
            field<&One::version>("version", "Goes up with every change.", {.read_only = true}),
        }};
}

Record describe(const SettledPosition*) {
    using One = SettledPosition;
    return {"border_position", "What a party pays or receives on balance.",
        {field<&One::organisation>("organisation", "Who."), field<&One::code>("code", "What statements call it."),
            field<&One::net_home>("net_home", "Of deals in the home currency; below zero it pays."),
            field<&One::net_abroad>("net_abroad", "Of deals in the other currency."), field<&One::settled>("settled", "Both together, in its own currency."),
            field<&One::currency>("currency", "That currency.")}};
}
Record describe(const SettledUnits*) {
    using One = SettledUnits;
    return {"border_units", "What a party gives or receives of a product on balance.",
        {field<&One::organisation>("organisation", "Who."), field<&One::code>("code", "What statements call it."),
            field<&One::product>("product", "Which tonnes."), field<&One::tonnes>("tonnes", "How many; below zero it gives.", {.unit = "t"})}};
}
Record describe(const AdjustmentDue*) {
    using One = AdjustmentDue;
    return {"border_adjustment", "Tonnes that left their host country on balance: for these it adjusts its own balance (Paris agreement, article 6).",
        {field<&One::product>("product", "Which tonnes."), field<&One::host_country>("host_country", "Which country."),
            field<&One::tonnes>("tonnes", "How many; below zero they came back.", {.unit = "t"}),
            field<&One::adjustment>("adjustment", "How far that country has gone.")}};
}

Record describe(const BorderSettlement*) {
    using One = BorderSettlement;
    return {"border_settlement", "Deals across a border, settled net in two currencies; a simulation, no rule for it is in force.",
        {
            field<&One::id>("id", "Id."),
            field<&One::arrangement>("arrangement", "Under which arrangement.", {.filter = true}),
            field<&One::day>("day", "On which day.", {.sort = true}),
            field<&One::rate_basis>("rate_basis", "A stored rate or a quoted one."),
            field<&One::rate>("rate", "One unit of the currency abroad in that at home."),
            field<&One::rate_source>("rate_source", "Where it is from."),
            field<&One::deals>("deals", "How many deals settled."),
            field<&One::failed>("failed", "How many failed."),
            field<&One::gross_home>("gross_home", "What the deals come to in the home currency."),
            field<&One::gross_abroad>("gross_abroad", "And in the other one."),
            field<&One::paid_home>("paid_home", "What really moved in the home currency."),
            field<&One::paid_abroad>("paid_abroad", "And in the other one."),
            field<&One::exchange_home>("exchange_home", "What the bank's exchange account received at home; below zero it paid."),
            field<&One::exchange_abroad>("exchange_abroad", "And in the other currency."),
            field<&One::positions>("positions", "A party at a time."),
            field<&One::units>("units", "Tonnes, a party and product at a time."),
            field<&One::adjustments>("adjustments", "Tonnes that crossed, for which host countries adjust."),
            field<&One::statement>("statement", "The same in words that both ledgers prove."),
            field<&One::statement_digest>("statement_digest", "SHA-256 of these words."),
            field<&One::transfers_home>("transfers_home", "Transfers of the home currency."),
            field<&One::transfers_abroad>("transfers_abroad", "Transfers of the other currency."),
            field<&One::transfers_units>("transfers_units", "Transfers of tonnes."),
            field<&One::proof_home>("proof_home", "The home ledger's record in the transparency log."),
            field<&One::proof_abroad>("proof_abroad", "The other ledger's record."),
            field<&One::other_log>("other_log", "The other bank's log that says the same."),
            field<&One::other_proof>("other_proof", "Its record there."),
            field<&One::simulation>("simulation", "Always: nobody's rules are in force here."),
            field<&One::sample>("sample", "Part of the sample bank.", {.filter = true}),
            field<&One::made_by>("made_by", "Who settled."),
            field<&One::made_by_name>("made_by_name", "That person's name then."),
            field<&One::made_at>("made_at", "When.", {.sort = true}),
            field<&One::updated_at>("updated_at", "When the other bank's proof came."),
            field<&One::version>("version", "Goes up with every change."),
        }};
}

} // namespace greenbank::market
