// What the library stores: technologies, needs and capital offers.
#pragma once

#include "kernel/record.h"
#include "library/engine/disclosure.h"
#include "parties/records.h"

namespace greenbank::library {

using parties::Organisation;

/// The six fields of the 2023 catalogue.
enum class TechnologyField { water, air, solid_waste, soil_ecology, monitoring, energy_carbon };
/// GB/T 22900 and ISO 16290 run from 1 to 9, the IEA's scale from 1 to 11.
enum class ReadinessScale { gbt22900, iso16290, iea };
enum class State { draft, published, withdrawn };
enum class Cooperation { licence, sale, joint_venture, service, lease, performance_contract };
enum class EvidenceKind { case_, verification, patent, test_report, standard };
enum class FigureStatus { public_, sample, holder };
/// What kind of thing shows a level of readiness.
enum class ReadinessProof { publication, simulation, laboratory_test, field_test, running_case, verification, certificate, sales };
enum class Comparison { at_most, at_least };
enum class CapitalKind { loan, lease, equity, guarantee, grant, insurance, bond, carbon_loan };
enum class Stage { research, pilot, demonstration, industrial };
enum class Collateral { land, equipment, intellectual_property, carbon, guarantee, receivables, none };

struct Readiness {
    ReadinessScale scale = ReadinessScale::gbt22900;
    std::int64_t level = 1;
};
Record describe(const Readiness*);

/// One measured or promised figure: an indicator between low and high, in a unit, with its source.
struct Figure {
    std::string indicator;
    double low = 0;
    std::optional<double> high; // absent: low is the value
    std::string unit;
    std::optional<Text> conditions;
    std::string source;
    FigureStatus status = FigureStatus::holder;
};
Record describe(const Figure*);

struct Evidence {
    EvidenceKind kind = EvidenceKind::case_;
    Text title;
    std::optional<std::string> number; // of a patent, a standard, a report
    std::int64_t year = 0;
    std::string country;
    std::optional<Date> since; // a case: since when it runs
};
Record describe(const Evidence*);

/// What shows one level of the technology's readiness scale.
struct ReadinessEvidence {
    std::int64_t level = 1;
    Text shows;
    ReadinessProof kind = ReadinessProof::publication;
    std::int64_t year = 0;
    std::optional<std::string> link, document; // where it can be read; its number or title
};
Record describe(const ReadinessEvidence*);

/// Words a person would search for, by language.
struct Keywords {
    std::vector<std::string> zh, en, ru;

    bool operator==(const Keywords&) const = default;
};
Record describe(const Keywords*);

/// Where an entry came from that has its home in another bank or repository: there it is the truth, here it is a copy.
struct Provenance {
    std::string peer;                   // id of the peer's record here
    std::string peer_name, country;     // as they were when it was harvested
    std::string identifier;             // its OAI identifier, which names its home
    std::optional<std::string> page;    // where it can be read at home
    Text holder_name;                   // whose it is there
    std::optional<std::int64_t> number; // its version there
    Time changed_at, harvested_at;      // by the home's clock; by ours
    bool poor = false;                  // made from Dublin Core: only title, text, words
};
Record describe(const Provenance*);

struct Technology {
    static constexpr std::string_view id_prefix = "tech";
    Id<Technology> id;
    Text title, summary, description;
    std::optional<Id<Organisation>> holder;
    TechnologyField field = TechnologyField::water;
    std::vector<std::string> classes; // codes of the class tree
    Readiness readiness;
    std::vector<ReadinessEvidence> readiness_evidence;
    std::vector<Figure> figures;
    std::optional<Quantity> capacity_min, capacity_max;
    std::optional<Money> capital_cost;
    std::optional<std::string> capital_cost_per; // for one such unit of capacity
    std::optional<Money> operating_cost;
    std::optional<std::string> operating_cost_per;
    std::vector<std::string> territories; // where rights may be granted; WORLD: everywhere
    std::vector<Cooperation> cooperation;
    std::optional<Money> contract_min; // what is smaller the holder does not take on
    std::vector<std::string> traits;
    std::vector<Evidence> evidence;
    Keywords keywords;
    std::string origin;                 // country
    std::vector<FieldStage> disclosure; // what is not for everybody
    std::optional<std::string> peer;    // of an entry from elsewhere: the peer it came from
    std::optional<Provenance> provenance;
    State state = State::draft;
    bool sample = false;
    Time created_at, updated_at;
    std::int64_t version = 1;
};
Record describe(const Technology*);

struct Requirement {
    std::string indicator;
    Comparison comparison = Comparison::at_least;
    double value = 0;
    std::string unit;
    bool hard = false; // a technology that promises worse, or nothing, is excluded
};
Record describe(const Requirement*);

struct Need {
    static constexpr std::string_view id_prefix = "need";
    Id<Need> id;
    Text title, summary, description;
    std::optional<Id<Organisation>> owner;
    TechnologyField field = TechnologyField::water;
    std::vector<std::string> classes;
    std::vector<Requirement> requirements;
    std::optional<Quantity> capacity;
    std::optional<Money> budget; // the whole investment
    std::optional<Readiness> readiness_min;
    std::string country;
    Text place;
    std::vector<std::string> required_traits, excluded_traits;
    std::optional<std::int64_t> evidence_min; // cases that run
    std::vector<Cooperation> cooperation;     // ways that are welcome; none: any
    Keywords keywords;
    std::optional<Date> deadline;
    std::vector<FieldStage> disclosure; // what is not for everybody
    std::optional<std::string> peer;    // of an entry from elsewhere: the peer it came from
    std::optional<Provenance> provenance;
    State state = State::draft;
    bool sample = false;
    Time created_at, updated_at;
    std::int64_t version = 1;
};
Record describe(const Need*);

struct CapitalOffer {
    static constexpr std::string_view id_prefix = "cap";
    Id<CapitalOffer> id;
    Text title, summary;
    std::optional<Id<Organisation>> provider;
    CapitalKind kind = CapitalKind::loan;
    std::optional<Money> amount_min, amount_max;
    std::optional<std::int64_t> tenor_min, tenor_max; // months
    Text rate;                                        // how it is priced
    std::vector<std::string> countries;
    std::vector<TechnologyField> fields;
    std::vector<std::string> classes;
    std::vector<Stage> stages;
    std::vector<Collateral> collateral;
    Text conditions;
    std::vector<FieldStage> disclosure; // what is not for everybody
    std::optional<std::string> peer;    // of an entry from elsewhere: the peer it came from
    std::optional<Provenance> provenance;
    State state = State::draft;
    bool sample = false;
    Time created_at, updated_at;
    std::int64_t version = 1;
};
Record describe(const CapitalOffer*);

} // namespace greenbank::library

namespace greenbank {
template <> struct Choices<library::TechnologyField> {
    static constexpr std::string_view name = "technology_field";
    static constexpr std::string_view values[] = {"water", "air", "solid_waste", "soil_ecology", "monitoring", "energy_carbon"};
};
template <> struct Choices<library::ReadinessScale> {
    static constexpr std::string_view name = "readiness_scale";
    static constexpr std::string_view values[] = {"gbt22900", "iso16290", "iea"};
};
template <> struct Choices<library::State> {
    static constexpr std::string_view name = "state";
    static constexpr std::string_view values[] = {"draft", "published", "withdrawn"};
};
template <> struct Choices<library::Cooperation> {
    static constexpr std::string_view name = "cooperation";
    static constexpr std::string_view values[] = {"licence", "sale", "joint_venture", "service", "lease", "performance_contract"};
};
template <> struct Choices<library::EvidenceKind> {
    static constexpr std::string_view name = "evidence_kind";
    static constexpr std::string_view values[] = {"case", "verification", "patent", "test_report", "standard"};
};
template <> struct Choices<library::FigureStatus> {
    static constexpr std::string_view name = "figure_status";
    static constexpr std::string_view values[] = {"public", "sample", "holder"};
};
template <> struct Choices<library::ReadinessProof> {
    static constexpr std::string_view name = "readiness_proof";
    static constexpr std::string_view values[] = {
        "publication", "simulation", "laboratory_test", "field_test", "running_case", "verification", "certificate", "sales"};
};
template <> struct Choices<library::Comparison> {
    static constexpr std::string_view name = "comparison";
    static constexpr std::string_view values[] = {"at_most", "at_least"};
};
template <> struct Choices<library::CapitalKind> {
    static constexpr std::string_view name = "capital_kind";
    static constexpr std::string_view values[] = {"loan", "lease", "equity", "guarantee", "grant", "insurance", "bond", "carbon_loan"};
};
template <> struct Choices<library::Stage> {
    static constexpr std::string_view name = "stage";
    static constexpr std::string_view values[] = {"research", "pilot", "demonstration", "industrial"};
};
template <> struct Choices<library::Collateral> {
    static constexpr std::string_view name = "collateral";
    static constexpr std::string_view values[] = {"land", "equipment", "intellectual_property", "carbon", "guarantee", "receivables", "none"};
};
} // namespace greenbank
