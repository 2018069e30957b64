// footprint.h — a product footprint as PACT exchanges it (Data Exchange Protocol 3.0 and 2.2 / 2.3): one struct, written in either
// version, and read from either. Numbers are decimals in texts from one end to the other.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/result.h"
#include "kernel/value_tree.h"
#include "pact/values.h"

namespace greenbank::pact {

/// Which protocol is spoken: the first part of every path.
enum class Protocol { v2 = 2, v3 = 3 };

struct FactorSource {
    std::string name, version;
};
struct DataQuality { // 1 is best, 5 worst
    std::string technological, geographical, temporal;
};
struct Verification {
    std::string provider, standard;
    Time completed_at;
};

struct ProductFootprint {
    std::string id; // UUID
    std::vector<std::string> preceding;
    Time created;
    bool active = true;
    std::optional<Time> valid_from, valid_until;
    std::string company_name;
    std::vector<std::string> company_ids; // URNs
    std::string description;
    std::vector<std::string> product_ids, classifications; // URNs
    std::string cpc;                                       // version 2 only: UN CPC
    std::string name, comment;

    // of the declared unit
    std::string unit = "kilogram", amount = "1", mass_kg = "1";
    Time reference_start, reference_end;
    std::string geography; // empty: global; CN; CN-ZJ; or a region of the United Nations
    std::string boundary_processes;
    std::string without_uptake = "0", with_uptake = "0", fossil = "0"; // kgCO2e
    std::optional<std::string> land_use_change, biogenic_uptake, biogenic_other;
    std::string fossil_carbon = "0"; // kgC
    std::optional<std::string> biogenic_carbon;
    bool packaging_included = false;
    std::vector<std::string> characterization; // AR6
    std::vector<std::string> standards;        // ISO14067
    std::string exempted_percent = "0", exempted_reason, allocation;
    std::vector<FactorSource> factor_sources;
    std::optional<std::string> primary_share_percent;
    std::optional<DataQuality> quality;
    std::optional<Verification> verification;
};

/// Can it be said in that version? 2.3 knows neither pieces nor negative totals nor exemptions above 5 %.
bool can_be_said(const ProductFootprint& footprint, Protocol protocol);
std::string write(const ProductFootprint& footprint, Protocol protocol);

/// Where it holds: as stated, else three calendar years from the end of the reference period.
Time valid_from(const ProductFootprint& footprint);
Time valid_until(const ProductFootprint& footprint);

/// The declared units of version 3.
bool is_unit(std::string_view unit);
bool is_region(std::string_view name);
/// Empty, a country, a subdivision or a region.
bool is_geography(std::string_view text);

/// A partner's footprint in that version: what is needed of it, every fault named. What later revisions add is let pass.
Result<ProductFootprint> read_footprint(const ValueTree& tree, Protocol protocol = Protocol::v3);
/// A kept one, in whichever version it came.
Result<ProductFootprint> read_document(std::string_view json);

} // namespace greenbank::pact
