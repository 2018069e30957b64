// footprint_read.cpp — a partner's footprint, checked member by member; version 2 has other names for some, and bare numbers.
#include <fmt/format.h>

#include "pact/footprint.h"
#include "pact/tree.h"

namespace greenbank::pact {

namespace {

constexpr std::size_t list_max = 200, text_max = 20'000;

enum class Sign { any, positive, positive_or_zero, negative_or_zero };

class Reader {
public:
    Reader(const ValueTree& tree, std::string at, std::vector<std::string>& faults) : tree_(tree), at_(std::move(at)), faults_(faults) {}

    const ValueTree* member(std::string_view name) const {
        const ValueTree* found = tree_.find(name);
        return is_null(found) ? nullptr : found;
    }
    void fault(std::string_view name, std::string_view what) const {
        if (faults_.size() < 20) faults_.push_back(fmt::format("{}{} {}", at_, name, what));
    }
    std::string text(std::string_view name, bool needed, bool filled = false) const {
        const ValueTree* found = member(name);
        const auto value = text_of(found);
        if (!found ? needed : !value || value->size() > text_max || (filled && value->empty())) fault(name, "must be a text");
        return value && value->size() <= text_max ? *value : std::string();
    }
    /// `bare`: version 2 writes some as numbers.
    std::optional<std::string> decimal(std::string_view name, bool needed, Sign sign, bool bare = false) const {
        const ValueTree* found = member(name);
        auto value = text_of(found);
        double number = 0;
        if (!value && bare && found && found->shape == ValueTree::Shape::plain && read_json_value(found->plain, type_of<double>(), &number))
            value = decimal_of(number);
        if (!found) {
            if (needed) fault(name, "is missing");
            return {};
        }
        const bool sound = value && is_decimal(*value);
        const int side = sound ? sign_of(*value) : 0;
        if (!sound) fault(name, "must be a decimal number in a text");
        else if (sign == Sign::positive && side <= 0) fault(name, "must be above 0");
        else if (sign == Sign::positive_or_zero && side < 0) fault(name, "must not be below 0");
        else if (sign == Sign::negative_or_zero && side > 0) fault(name, "must not be above 0");
        return sound ? value : std::optional<std::string>("0");
    }
    std::optional<Time> time(std::string_view name, bool needed) const {
        const ValueTree* found = member(name);
        const auto value = text_of(found);
        const auto time = value ? read_time(*value) : std::nullopt;
        if (!found ? needed : !time) fault(name, "must be a point in time such as 2026-11-20T00:00:00Z");
        return time;
    }
    std::vector<std::string> texts(std::string_view name, bool needed, bool (*sound)(std::string_view), std::string_view what) const {
        std::vector<std::string> list;
        const ValueTree* found = member(name);
        if (!found) {
            if (needed) fault(name, "is missing");
            return list;
        }
        if (!is_list(found) || found->items.empty() || found->items.size() > list_max) {
            fault(name, "must be a list with at least one entry");
            return list;
        }
        for (const ValueTree& item : found->items) {
            const auto value = text_of(&item);
            if (!value || !sound(*value)) fault(name, what);
            else list.push_back(*value);
        }
        return list;
    }

private:
    const ValueTree& tree_;
    std::string at_;
    std::vector<std::string>& faults_;
};

bool any_text(std::string_view text) { return !text.empty() && text.size() <= 500; }
bool is_edition(std::string_view text) {
    return text.size() > 2 && text.size() < 6 && text.starts_with("AR") && text.find_first_not_of("0123456789", 2) == std::string_view::npos;
}

/// Where and of when, which both versions say alike.
void read_place(const Reader& pcf, ProductFootprint& out) {
    out.mass_kg = pcf.decimal("productMassPerDeclaredUnit", false, Sign::any).value_or("0");
    out.reference_start = pcf.time("referencePeriodStart", true).value_or(Time{});
    out.reference_end = pcf.time("referencePeriodEnd", true).value_or(Time{});
    int places = 0;
    for (const char* name : {"geographyRegionOrSubregion", "geographyCountry", "geographyCountrySubdivision"}) {
        if (!pcf.member(name)) continue;
        out.geography = pcf.text(name, false);
        if (++places > 1) pcf.fault(name, "is one place too many: region, country and subdivision exclude each other");
    }
    out.boundary_processes = pcf.text("boundaryProcessesDescription", false);
    out.allocation = pcf.text("allocationRulesDescription", false);
    out.exempted_reason = pcf.text("exemptedEmissionsDescription", false);
}

void read_quality(const Reader& pcf, ProductFootprint& out, std::vector<std::string>& faults, bool old) {
    const ValueTree* dqi = pcf.member("dqi");
    if (!dqi) return;
    if (!is_object(dqi)) return pcf.fault("dqi", "must be an object");
    const Reader quality(*dqi, "pcf.dqi.", faults);
    const auto score = [&](std::string_view name) { return quality.decimal(name, !old, Sign::positive, old); };
    const auto technological = score("technologicalDQR"), geographical = score("geographicalDQR"), temporal = score("temporalDQR");
    if (technological && geographical && temporal) out.quality = DataQuality{*technological, *geographical, *temporal};
}

/// Who looked at it; a stranger's word for it, so that a fault in it stops nothing.
void read_verification(const ValueTree* said, ProductFootprint& out) {
    if (!is_object(said)) return;
    const auto provider = text_of(said->find("providerName")), standard = text_of(said->find("standardName")), at = text_of(said->find("completedAt"));
    if (provider && !provider->empty() && provider->size() <= 500)
        out.verification = Verification{*provider, standard.value_or(""), at ? read_time(*at).value_or(Time{}) : Time{}};
}

/// Version 2.2 and 2.3: old names, new ones beside them.
void read_old_carbon(const ValueTree& tree, ProductFootprint& out, std::vector<std::string>& faults) {
    const Reader pcf(tree, "pcf.", faults);
    out.unit = pcf.text("declaredUnit", true);
    if (!out.unit.empty() && !is_unit(out.unit)) pcf.fault("declaredUnit", "is none of the declared units");
    out.amount = pcf.decimal("unitaryProductAmount", true, Sign::positive).value_or("1");
    read_place(pcf, out);
    out.without_uptake = pcf.decimal("pCfExcludingBiogenic", true, Sign::any).value_or("0");
    out.with_uptake = pcf.decimal("pCfIncludingBiogenic", false, Sign::any).value_or(out.without_uptake);
    out.fossil = pcf.decimal("fossilGhgEmissions", true, Sign::positive_or_zero).value_or("0");
    out.fossil_carbon = pcf.decimal("fossilCarbonContent", true, Sign::positive_or_zero).value_or("0");
    out.biogenic_carbon = pcf.decimal("biogenicCarbonContent", false, Sign::positive_or_zero);
    out.land_use_change = pcf.decimal("dLucGhgEmissions", false, Sign::positive_or_zero);
    out.biogenic_uptake = pcf.decimal("biogenicCarbonWithdrawal", false, Sign::negative_or_zero);
    out.biogenic_other = pcf.decimal("otherBiogenicGhgEmissions", false, Sign::any);
    if (pcf.member("ipccCharacterizationFactorsSources"))
        out.characterization = pcf.texts("ipccCharacterizationFactorsSources", false, is_edition, "names assessment reports such as AR6");
    else if (const std::string one = pcf.text("characterizationFactors", true, true); !one.empty()) out.characterization = {one};
    const bool named = pcf.member("crossSectoralStandards");
    out.standards = pcf.texts(named ? "crossSectoralStandards" : "crossSectoralStandardsUsed", true, any_text, "must be texts");
    out.exempted_percent = pcf.decimal("exemptedEmissionsPercent", true, Sign::any, true).value_or("0");
    out.primary_share_percent = pcf.decimal("primaryDataShare", false, Sign::any, true);
    read_quality(pcf, out, faults, true);
    read_verification(pcf.member("assurance"), out);
}

void read_carbon(const ValueTree& tree, ProductFootprint& out, std::vector<std::string>& faults) {
    const Reader pcf(tree, "pcf.", faults);
    out.unit = pcf.text("declaredUnitOfMeasurement", true);
    if (!out.unit.empty() && !is_unit(out.unit)) pcf.fault("declaredUnitOfMeasurement", "is none of the declared units");
    out.amount = pcf.decimal("declaredUnitAmount", true, Sign::positive).value_or("1");
    if (!pcf.member("productMassPerDeclaredUnit")) pcf.fault("productMassPerDeclaredUnit", "is missing");
    read_place(pcf, out);
    out.without_uptake = pcf.decimal("pcfExcludingBiogenicUptake", true, Sign::any).value_or("0");
    out.with_uptake = pcf.decimal("pcfIncludingBiogenicUptake", true, Sign::any).value_or("0");
    out.fossil = pcf.decimal("fossilGhgEmissions", true, Sign::positive_or_zero).value_or("0");
    out.fossil_carbon = pcf.decimal("fossilCarbonContent", true, Sign::positive_or_zero).value_or("0");
    out.biogenic_carbon = pcf.decimal("biogenicCarbonContent", false, Sign::positive_or_zero);
    out.land_use_change = pcf.decimal("landUseChangeGhgEmissions", false, Sign::positive_or_zero);
    out.biogenic_uptake = pcf.decimal("biogenicCO2Uptake", false, Sign::negative_or_zero);
    out.biogenic_other = pcf.decimal("biogenicNonCO2Emissions", false, Sign::positive_or_zero);
    out.characterization = pcf.texts("ipccCharacterizationFactors", true, is_edition, "names assessment reports such as AR6");
    out.standards = pcf.texts("crossSectoralStandards", true, any_text, "must be texts");
    out.exempted_percent = pcf.decimal("exemptedEmissionsPercent", true, Sign::any).value_or("0");
    out.primary_share_percent = pcf.decimal("primaryDataShare", false, Sign::any);
    read_quality(pcf, out, faults, false);
    read_verification(pcf.member("verification"), out);
}

} // namespace

Result<ProductFootprint> read_footprint(const ValueTree& tree, Protocol protocol) {
    const bool old = protocol == Protocol::v2;
    if (!is_object(&tree)) return bad_request("A product footprint must be an object.");
    std::vector<std::string> faults;
    const Reader reader(tree, "", faults);
    ProductFootprint out;
    out.id = reader.text("id", true);
    if (!out.id.empty() && !is_uuid(out.id)) reader.fault("id", "must be a UUID");
    const std::string version = reader.text("specVersion", true);
    if (!version.empty() && !version.starts_with(old ? "2." : "3.")) reader.fault("specVersion", old ? "must be 2.x.y" : "must be 3.x.y");
    out.preceding = reader.texts("precedingPfIds", false, is_uuid, "must be UUIDs");
    out.created = reader.time("created", true).value_or(Time{});
    const std::string status = reader.text("status", true);
    if (!status.empty() && status != "Active" && status != "Deprecated") reader.fault("status", "must be Active or Deprecated");
    out.active = status != "Deprecated";
    out.valid_from = reader.time("validityPeriodStart", false);
    out.valid_until = reader.time("validityPeriodEnd", false);
    out.company_name = reader.text("companyName", true, true);
    out.company_ids = reader.texts("companyIds", true, is_urn, "must be URNs");
    out.description = reader.text("productDescription", true);
    out.product_ids = reader.texts("productIds", true, is_urn, "must be URNs");
    out.classifications = reader.texts("productClassifications", false, is_urn, "must be URNs");
    out.name = reader.text("productNameCompany", true, true);
    out.comment = reader.text("comment", false);
    const ValueTree* pcf = reader.member("pcf");
    if (!is_object(pcf)) reader.fault("pcf", "must be an object");
    else if (old) read_old_carbon(*pcf, out, faults);
    else read_carbon(*pcf, out, faults);
    if (old) out.cpc = reader.text("productCategoryCpc", false);
    if (faults.empty()) return out;
    std::string all;
    for (const std::string& one : faults) all += (all.empty() ? "" : "; ") + one;
    return bad_request(fmt::format("The product footprint is not sound: {}.", all));
}

Result<ProductFootprint> read_document(std::string_view json) {
    const auto tree = read_value_tree(json);
    if (!tree || !is_object(&tree.value())) return bad_request("A product footprint must be an object.");
    const std::string version = text_of(tree.value().find("specVersion")).value_or("");
    return read_footprint(tree.value(), version.starts_with("2.") ? Protocol::v2 : Protocol::v3);
}

} // namespace greenbank::pact
