// footprint_write.cpp — a footprint in the words of version 3.0 or 2.3.
#include <algorithm>
#include <array>

#include "pact/footprint.h"
#include "json/json.h"

namespace greenbank::pact {

namespace {

constexpr std::array<std::string_view, 10> units = {
    "liter", "kilogram", "cubic meter", "kilowatt hour", "megajoule", "ton kilometer", "square meter", "piece", "hour", "megabit second"};
constexpr std::size_t units_of_v2 = 7;

constexpr std::array<std::string_view, 22> regions = {"Africa", "Americas", "Asia", "Europe", "Oceania", "Australia and New Zealand", "Central Asia",
    "Eastern Asia", "Eastern Europe", "Latin America and the Caribbean", "Melanesia", "Micronesia", "Northern Africa", "Northern America", "Northern Europe",
    "Polynesia", "South-eastern Asia", "Southern Asia", "Southern Europe", "Sub-Saharan Africa", "Western Asia", "Western Europe"};

void texts(JsonWriter& json, std::string_view name, const std::vector<std::string>& list) {
    if (list.empty()) return;
    json.key(name).begin_list();
    for (const std::string& one : list) json.text(one);
    json.end_list();
}
void text(JsonWriter& json, std::string_view name, const std::string& value) {
    if (!value.empty()) json.member(name, value);
}
void text(JsonWriter& json, std::string_view name, const std::optional<std::string>& value) {
    if (value) json.member(name, *value);
}

void geography(JsonWriter& json, const std::string& place) {
    if (place.empty()) return;
    json.member(is_region(place) ? "geographyRegionOrSubregion" : place.size() == 2 ? "geographyCountry" : "geographyCountrySubdivision", place);
}

void sources(JsonWriter& json, const ProductFootprint& footprint) {
    if (footprint.factor_sources.empty()) return;
    json.key("secondaryEmissionFactorSources").begin_list();
    for (const FactorSource& one : footprint.factor_sources) json.begin_object().member("name", one.name).member("version", one.version).end_object();
    json.end_list();
}

void carbon_v3(JsonWriter& json, const ProductFootprint& it) {
    json.begin_object();
    json.member("declaredUnitOfMeasurement", it.unit).member("declaredUnitAmount", it.amount).member("productMassPerDeclaredUnit", it.mass_kg);
    json.member("referencePeriodStart", to_text(it.reference_start)).member("referencePeriodEnd", to_text(it.reference_end));
    geography(json, it.geography);
    text(json, "boundaryProcessesDescription", it.boundary_processes);
    json.member("pcfExcludingBiogenicUptake", it.without_uptake).member("pcfIncludingBiogenicUptake", it.with_uptake);
    json.member("fossilCarbonContent", it.fossil_carbon);
    text(json, "biogenicCarbonContent", it.biogenic_carbon);
    json.member("fossilGhgEmissions", it.fossil);
    text(json, "landUseChangeGhgEmissions", it.land_use_change);
    text(json, "biogenicCO2Uptake", it.biogenic_uptake);
    text(json, "biogenicNonCO2Emissions", it.biogenic_other);
    json.member("packagingEmissionsIncluded", it.packaging_included).member("ccsTechnologicalCO2CaptureIncluded", false);
    texts(json, "ipccCharacterizationFactors", it.characterization);
    texts(json, "crossSectoralStandards", it.standards);
    json.member("exemptedEmissionsPercent", it.exempted_percent);
    text(json, "exemptedEmissionsDescription", it.exempted_reason);
    text(json, "allocationRulesDescription", it.allocation);
    sources(json, it);
    text(json, "primaryDataShare", it.primary_share_percent);
    if (it.quality)
        json.key("dqi")
            .begin_object()
            .member("technologicalDQR", it.quality->technological)
            .member("geographicalDQR", it.quality->geographical)
            .member("temporalDQR", it.quality->temporal)
            .end_object();
    if (it.verification)
        json.key("verification")
            .begin_object()
            .member("coverage", "product level")
            .member("providerName", it.verification->provider)
            .member("completedAt", to_text(it.verification->completed_at))
            .member("standardName", it.verification->standard)
            .end_object();
    json.end_object();
}

void carbon_v2(JsonWriter& json, const ProductFootprint& it) {
    json.begin_object();
    json.member("declaredUnit", it.unit).member("unitaryProductAmount", it.amount).member("productMassPerDeclaredUnit", it.mass_kg);
    json.member("referencePeriodStart", to_text(it.reference_start)).member("referencePeriodEnd", to_text(it.reference_end));
    geography(json, it.geography);
    json.member("boundaryProcessesDescription", it.boundary_processes);
    json.member("pCfExcludingBiogenic", it.without_uptake).member("pCfIncludingBiogenic", it.with_uptake);
    json.member("fossilGhgEmissions", it.fossil).member("fossilCarbonContent", it.fossil_carbon);
    json.member("biogenicCarbonContent", it.biogenic_carbon.value_or("0"));
    text(json, "dLucGhgEmissions", it.land_use_change);
    text(json, "biogenicCarbonWithdrawal", it.biogenic_uptake);
    text(json, "otherBiogenicGhgEmissions", it.biogenic_other);
    json.member("characterizationFactors", it.characterization.front()); // old and new names both: 2.2 asks for one, 2.3 for the other
    texts(json, "ipccCharacterizationFactorsSources", it.characterization);
    texts(json, "crossSectoralStandardsUsed", {"ISO Standard 14067"});
    texts(json, "crossSectoralStandards", it.standards);
    json.key("exemptedEmissionsPercent").raw(it.exempted_percent).member("exemptedEmissionsDescription", it.exempted_reason);
    json.member("packagingEmissionsIncluded", it.packaging_included);
    text(json, "allocationRulesDescription", it.allocation);
    sources(json, it);
    if (it.primary_share_percent) json.key("primaryDataShare").raw(*it.primary_share_percent);
    if (it.verification)
        json.key("assurance")
            .begin_object()
            .member("assurance", true)
            .member("coverage", "product level")
            .member("providerName", it.verification->provider)
            .member("completedAt", to_text(it.verification->completed_at))
            .member("standardName", it.verification->standard)
            .end_object();
    json.end_object();
}

} // namespace

bool is_unit(std::string_view unit) { return std::ranges::find(units, unit) != units.end(); }
bool is_region(std::string_view name) { return std::ranges::find(regions, name) != regions.end(); }
bool is_geography(std::string_view text) {
    const auto capitals = [](std::string_view part) { return std::ranges::all_of(part, [](char c) { return c >= 'A' && c <= 'Z'; }); };
    const auto plain = [](char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); };
    if (text.empty() || is_region(text)) return true;
    if (text.size() == 2) return capitals(text);
    return text.size() >= 4 && text.size() <= 6 && text[2] == '-' && capitals(text.substr(0, 2)) && std::ranges::all_of(text.substr(3), plain);
}

bool can_be_said(const ProductFootprint& footprint, Protocol protocol) {
    if (protocol == Protocol::v3) return true;
    const auto unit = std::ranges::find(units, footprint.unit);
    const auto known = [](const std::string& edition) { return edition == "AR5" || edition == "AR6"; };
    return unit - units.begin() < static_cast<std::ptrdiff_t>(units_of_v2) && sign_of(footprint.without_uptake) >= 0 && !footprint.cpc.empty() &&
           !footprint.characterization.empty() && known(footprint.characterization.front()) && std::stod(footprint.exempted_percent) <= 5;
}

std::string write(const ProductFootprint& it, Protocol protocol) {
    const bool old = protocol == Protocol::v2;
    JsonWriter json;
    json.begin_object().member("id", it.id).member("specVersion", old ? "2.3.0" : "3.0.1");
    texts(json, "precedingPfIds", it.preceding);
    if (old) json.member("version", std::int64_t{0});
    json.member("created", to_text(it.created)).member("status", it.active ? "Active" : "Deprecated");
    if (it.valid_from) json.member("validityPeriodStart", to_text(*it.valid_from));
    if (it.valid_until) json.member("validityPeriodEnd", to_text(*it.valid_until));
    json.member("companyName", it.company_name);
    texts(json, "companyIds", it.company_ids);
    json.member("productDescription", it.description);
    texts(json, "productIds", it.product_ids);
    texts(json, "productClassifications", it.classifications);
    if (old) json.member("productCategoryCpc", it.cpc);
    json.member("productNameCompany", it.name);
    if (old) json.member("comment", it.comment);
    else text(json, "comment", it.comment);
    json.key("pcf");
    if (old) carbon_v2(json, it);
    else carbon_v3(json, it);
    json.end_object();
    return json.take();
}

Time valid_from(const ProductFootprint& footprint) { return footprint.valid_from.value_or(footprint.reference_end); }
Time valid_until(const ProductFootprint& footprint) { return footprint.valid_until.value_or(years_later(footprint.reference_end, 3)); }

} // namespace greenbank::pact
