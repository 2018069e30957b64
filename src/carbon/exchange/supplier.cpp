// supplier.cpp — a footprint that a supplier gave by PACT as a factor: its figure per unit, its parts, whose it is and how good its data are.
#include <charconv>
#include <cmath>

#include <fmt/format.h>

#include "carbon/exchange/records.h"
#include "carbon/products/operations.h"

namespace greenbank::carbon {

namespace {

constexpr int chain_max = 100;

double real_of(const std::string& decimal) {
    double value = 0;
    const std::size_t plus = decimal.starts_with('+') ? 1 : 0;
    std::from_chars(decimal.data() + plus, decimal.data() + decimal.size(), value);
    return value;
}

/// Our unit for one that PACT declares in; empty where we have none.
std::string unit_of(const std::string& declared) {
    static constexpr std::pair<std::string_view, std::string_view> units[] = {{"kilogram", "kg"}, {"liter", "L"}, {"cubic meter", "m3"},
        {"kilowatt hour", "kWh"}, {"megajoule", "MJ"}, {"ton kilometer", "t.km"}, {"square meter", "m2"}, {"hour", "h"}, {"piece", "1"}};
    for (const auto& [theirs, ours] : units)
        if (declared == theirs) return std::string(ours);
    return {};
}

std::optional<GwpEdition> edition_of(const pact::ProductFootprint& footprint) {
    static constexpr std::pair<std::string_view, GwpEdition> editions[] = {
        {"AR6", GwpEdition::ar6}, {"AR5", GwpEdition::ar5}, {"AR4", GwpEdition::ar4}, {"AR3", GwpEdition::tar}, {"AR2", GwpEdition::sar}};
    for (const auto& [name, edition] : editions)
        for (const std::string& said : footprint.characterization)
            if (said == name) return edition;
    return {};
}

std::string shortened(std::string text, std::size_t bytes) {
    if (text.size() > bytes) text.resize(bytes);
    while (!is_utf8(text)) text.pop_back();
    return text;
}

/// The one in force that came to stand in its place, or itself.
Result<ReceivedFootprint> newest(Transaction& transaction, ReceivedFootprint received) {
    for (int step = 0; received.state == SharedState::deprecated && step < chain_max; ++step) {
        auto later = TRY(transaction.find_one<ReceivedFootprint>(
            "owner = $1 AND partner = $2 AND received_at >= $3 AND uuid <> $4 AND LOWER(document) LIKE $5 ORDER BY received_at DESC, id DESC LIMIT 1",
            {received.owner.text, received.partner.text, received.received_at.microseconds, received.uuid, "%\"" + received.uuid + "\"%"}));
        if (!later) break; // withdrawn without a successor: it stays what it was
        received = std::move(*later);
    }
    return received;
}

} // namespace

Result<FactorChoice> supplier_factor(Transaction& transaction, const Id<Organisation>& owner, const FactorQuestion& question) {
    const auto asked = TRY(transaction.find_one<ReceivedFootprint>("id = $1 AND owner = $2", {question.subject, owner.text}));
    if (!asked)
        return Error{Failure::not_found, "footprint.received_gone", "The supplier's footprint {id} is not among those that you received; choose another one.",
            {{"id", question.subject}}};
    const ReceivedFootprint received = TRY(newest(transaction, *asked));
    const pact::ProductFootprint it = TRY(pact::read_document(received.document));
    const std::string unit = unit_of(it.unit);
    const double amount = real_of(it.amount);
    if (unit.empty() || !(amount > 0))
        return Error{Failure::invalid, "footprint.received_unit",
            "{name} is declared per {unit}, which cannot be counted here; ask the supplier for another unit.",
            {{"name", received.product_name}, {"unit", it.unit}}};
    const auto per_unit = [&](const std::optional<std::string>& decimal) { return decimal ? real_of(*decimal) / amount : 0.0; };
    SupplierFigure figure{.received = received.id.text,
        .name = shortened(fmt::format("{}: {}", it.company_name, it.name), 280),
        .biogenic = per_unit(it.biogenic_other),
        .land_use = per_unit(it.land_use_change),
        .uptake = -per_unit(it.biogenic_uptake),
        .quality = {},
        .primary_percent = {}};
    if (it.quality) figure.quality = (real_of(it.quality->technological) + real_of(it.quality->geographical) + real_of(it.quality->temporal)) / 3;
    if (it.primary_share_percent) figure.primary_percent = real_of(*it.primary_share_percent);
    const std::string seen = it.verification ? fmt::format(" ({})", it.verification->provider) : std::string();
    Factor factor{.id = "factor_pact_" + received.id.text.substr(received.id.text.find('_') + 1),
        .kind = FactorKind::supplier,
        .subject = question.subject,
        .gas = "CO2e",
        .gwp = edition_of(it),
        .area = it.geography.empty() || it.geography.size() > 20 ? std::string("WORLD") : it.geography,
        .from = date_of(received.valid_from),
        .until = date_of(received.valid_until),
        .edition = to_text(date_of(it.created)),
        .published = date_of(it.created),
        .value = real_of(it.with_uptake) / amount,
        .per = unit,
        .uncertainty_percent = {},
        .status = FactorStatus::unconfirmed,
        .source = shortened(fmt::format("PACT {}: {}, {}{}", received.uuid, it.company_name, it.name, seen), 480)};
    const bool outside = question.on < factor.from || factor.until < question.on;
    return FactorChoice{std::move(factor), false, outside, std::move(figure)};
}

} // namespace greenbank::carbon
