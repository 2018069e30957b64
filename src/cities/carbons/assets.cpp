// assets.cpp — what a firm holds of carbon, read from the market: allowances and credits, what of it is pledged, what it owes, whether it is long or short, at the last
// close. Nothing of it is kept here.
#include <algorithm>
#include <cmath>

#include "cities/carbons/owned.h"

namespace greenbank::cities {

struct AssetRow {
    Id<market::CarbonProduct> product;
    Text name;
    market::ProgrammeKind kind = market::ProgrammeKind::allowances;
    std::int64_t vintage = 0, held = 0, pledged = 0, retired = 0; // tonnes
    std::optional<Money> price, value;                            // of a tonne at the last close; of what is held
    std::optional<Date> price_day;
};
Record describe(const AssetRow*) {
    using R = AssetRow;
    return {"carbon_asset_row", "What is held of one product.",
        {field<&R::product>("product", "Which product."), field<&R::name>("name", "Its name."), field<&R::kind>("kind", "Allowances or credits."),
            field<&R::vintage>("vintage", "Its vintage."), field<&R::held>("held", "Held, pledged ones among them.", {.unit = "t"}),
            field<&R::pledged>("pledged", "Of these pledged.", {.unit = "t"}),
            field<&R::retired>("retired", "Retired, surrendered or cancelled.", {.unit = "t"}), field<&R::price>("price", "A tonne at the last close."),
            field<&R::value>("value", "All that is held, at that price."), field<&R::price_day>("price_day", "Of which day.")}};
}
struct DutyRow {
    Id<market::ComplianceObligation> obligation;
    std::int64_t year = 0, allocation = 0, emissions = 0, given = 0, owed = 0;
    Date due_on;
};
Record describe(const DutyRow*) {
    using R = DutyRow;
    return {"carbon_duty_row", "What is owed for a year.",
        {field<&R::obligation>("obligation", "Which obligation."), field<&R::year>("year", "The year."),
            field<&R::allocation>("allocation", "Given free.", {.unit = "t"}), field<&R::emissions>("emissions", "Verified emissions.", {.unit = "t"}),
            field<&R::given>("given", "Surrendered.", {.unit = "t"}), field<&R::owed>("owed", "Still to surrender.", {.unit = "t"}),
            field<&R::due_on>("due_on", "By which day.")}};
}
struct CarbonAssets {
    Id<Organisation> organisation;
    Text organisation_name;
    std::vector<AssetRow> assets;
    std::vector<DutyRow> duties;
    std::int64_t free_allowances = 0, owed = 0, balance = 0; // tonnes; below 0: short
    std::optional<Money> balance_value;
};
Record describe(const CarbonAssets*) {
    using A = CarbonAssets;
    return {"carbon_assets", "A firm's carbon: what it holds, owes, and whether that is enough.",
        {field<&A::organisation>("organisation", "Which firm."), field<&A::organisation_name>("organisation_name", "Its name."),
            field<&A::assets>("assets", "By product.", {.max = 500}), field<&A::duties>("duties", "By year.", {.max = 100}),
            field<&A::free_allowances>("free_allowances", "Allowances that are not pledged.", {.unit = "t"}),
            field<&A::owed>("owed", "Still to surrender.", {.unit = "t"}),
            field<&A::balance>("balance", "Free allowances less what is owed; below 0 it is short.", {.unit = "t"}),
            field<&A::balance_value>("balance_value", "That at the last close of allowances.")}};
}
struct AssetsAsk {
    std::optional<Id<Organisation>> organisation;
};
Record describe(const AssetsAsk*) {
    return {"carbon_assets_ask", "Whose carbon.", {field<&AssetsAsk::organisation>("organisation", "Which firm; absent: one's own.")}};
}

namespace {

struct Close {
    Money price;
    Date day;
};
/// The last close of a market of this product, in whole cents.
Result<std::optional<Close>> last_close(Transaction& transaction, const Id<market::CarbonProduct>& product) {
    for (const market::Market& one : TRY(transaction.find<market::Market>("product = $1 ORDER BY id LIMIT 10", {product.text})))
        if (const auto day = TRY(transaction.find_one<market::MarketDay>("market = $1 AND doubt IS NULL ORDER BY day DESC LIMIT 1", {one.id.text}))) {
            const double scale = std::pow(10.0, decimals_of(one.currency).value_or(2));
            return std::optional(Close{{std::llround(day->close * scale), one.currency}, day->day});
        }
    return std::optional<Close>{};
}

Result<CarbonAssets> assets_of(Transaction& transaction, const Caller& caller, const AssetsAsk& ask) {
    const std::string organisation = ask.organisation ? ask.organisation->text : caller.actor.organisation;
    if (organisation.empty()) return Error{Failure::forbidden, "organisation.none", "You do not act for an organisation; choose or join one first."};
    if (organisation != caller.actor.organisation && !caller.actor.may(run_cities)) return not_found(record_of<Organisation>(), organisation);
    CarbonAssets made{.organisation = Id<Organisation>(organisation)};
    made.organisation_name = TRY(transaction.get(made.organisation)).name;
    const Rows blocks = TRY(transaction.query(
        "SELECT product, state, CAST(SUM(last - first + 1) AS BIGINT) FROM serial_block WHERE holder = $1 GROUP BY product, state ORDER BY product",
        {organisation}));
    std::optional<Money> allowance_price;
    for (const auto& row : blocks.rows) {
        const Id<market::CarbonProduct> id(as_text(row[0]));
        auto found = std::find_if(made.assets.begin(), made.assets.end(), [&](const AssetRow& one) { return one.product == id; });
        if (found == made.assets.end()) {
            const market::CarbonProduct product = TRY(transaction.get(id));
            const auto kind = TRY(transaction.get(product.programme)).kind;
            AssetRow one{.product = id, .name = product.name, .kind = kind, .vintage = product.vintage};
            for (const market::CarbonPledge& pledge :
                TRY(transaction.find<market::CarbonPledge>("product = $1 AND pledgor = $2 AND state IN ('active', 'selling')", {id.text, organisation})))
                one.pledged += pledge.tonnes;
            if (const auto close = TRY(last_close(transaction, id))) {
                one.price = close->price;
                one.price_day = close->day;
            }
            made.assets.push_back(std::move(one));
            found = made.assets.end() - 1;
        }
        (as_text(row[1]) == "held" ? found->held : found->retired) += as_integer(row[2]);
    }
    for (AssetRow& one : made.assets) {
        if (one.price) one.value = Money{one.price->minor * one.held, one.price->currency};
        if (one.kind != market::ProgrammeKind::allowances) continue;
        made.free_allowances += one.held - one.pledged;
        if (one.price) allowance_price = one.price;
    }
    for (const market::ComplianceObligation& one :
        TRY(transaction.find<market::ComplianceObligation>("organisation = $1 ORDER BY year DESC LIMIT 100", {organisation}))) {
        const std::int64_t given = one.allowances_given + one.offsets_given, owed = std::max<std::int64_t>(0, one.emissions - given);
        made.duties.push_back({one.id, one.year, one.allocation, one.emissions, given, owed, one.due_on});
        made.owed += owed;
    }
    made.balance = made.free_allowances - made.owed;
    if (allowance_price) made.balance_value = Money{allowance_price->minor * made.balance, allowance_price->currency};
    return made;
}

} // namespace

std::vector<Endpoint> asset_endpoints() {
    return {{"carbon_assets_get", Method::get, "/carbon-assets", "What a firm holds of carbon, owes, and whether that is enough.", Mode::read, signed_in,
        call(assets_of)}};
}

} // namespace greenbank::cities
