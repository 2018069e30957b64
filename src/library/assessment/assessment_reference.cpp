// assessment_reference.cpp — CSV files into scales, rules and scoring systems.
#include "library/assessment/assessment_reference.h"

#include <charconv>

#include "kernel/csv.h"

namespace greenbank::library {

namespace {

/// A file with its columns by name; every cell asked for must be there.
class Table {
public:
    static Result<Table> read(const std::map<std::string, std::string_view>& files, const std::string& name, std::initializer_list<std::string_view> columns) {
        const auto file = files.find(name);
        if (file == files.end()) return Error{Failure::not_found, "reference.missing", "The file {name} is missing.", {{"name", name}}};
        auto csv = parse_csv(file->second);
        if (!csv) {
            csv.error().message = name + ": " + csv.error().message;
            return csv.error();
        }
        for (const std::string_view column : columns)
            if (csv.value().column(column) < 0)
                return Error{Failure::invalid, "reference.column", "{name} has no column {column}.", {{"name", name}, {"column", std::string(column)}}};
        return Table(name, std::move(csv).value());
    }

    std::size_t size() const { return csv_.rows.size(); }
    const std::string& text(std::size_t row, std::string_view column) const { return csv_.rows[row][static_cast<std::size_t>(csv_.column(column))]; }
    Text texts(std::size_t row, const std::string& suffix = {}) const { return {text(row, "zh" + suffix), text(row, "en" + suffix), text(row, "ru" + suffix)}; }
    Result<std::int64_t> integer(std::size_t row, std::string_view column) const {
        std::int64_t value = 0;
        const std::string& cell = text(row, column);
        const auto [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
        if (error != std::errc{} || end != cell.data() + cell.size()) return fault(row, column);
        return value;
    }
    /// A decimal number or a fraction such as 1/6.
    Result<double> real(std::size_t row, std::string_view column) const {
        double whole = 0, part = 1;
        const std::string& cell = text(row, column);
        const std::size_t slash = std::min(cell.find('/'), cell.size());
        const auto number = [](std::string_view digits, double& value) {
            const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
            return error == std::errc{} && end == digits.data() + digits.size();
        };
        if (!number(std::string_view(cell).substr(0, slash), whole) || (slash < cell.size() && !number(std::string_view(cell).substr(slash + 1), part)) ||
            part == 0)
            return fault(row, column);
        return whole / part;
    }
    Error fault(std::size_t row, std::string_view column) const {
        return {Failure::invalid, "reference.cell", "{name}, row {row}: {column} is not right.",
            {{"name", name_}, {"row", std::to_string(row + 2)}, {"column", std::string(column)}}};
    }

private:
    Table(std::string name, Csv csv) : name_(std::move(name)), csv_(std::move(csv)) {}
    std::string name_;
    Csv csv_;
};

Result<Done> read_scales(const std::map<std::string, std::string_view>& files, AssessmentReference& reference) {
    const Table scales = TRY(Table::read(files, "readiness_scales.csv", {"code", "edition", "source", "status", "zh", "en", "ru"}));
    for (std::size_t i = 0; i < scales.size(); ++i)
        reference.scales.push_back(
            {scales.text(i, "code"), scales.text(i, "edition"), scales.text(i, "source"), scales.text(i, "status"), scales.texts(i), {}});
    const Table levels =
        TRY(Table::read(files, "readiness_levels.csv", {"scale", "level", "group", "zh", "en", "ru", "zh_definition", "en_definition", "ru_definition"}));
    for (std::size_t i = 0; i < levels.size(); ++i) {
        const auto scale =
            std::find_if(reference.scales.begin(), reference.scales.end(), [&](const Scale& one) { return one.code == levels.text(i, "scale"); });
        if (scale == reference.scales.end()) return levels.fault(i, "scale");
        const std::int64_t level = TRY(levels.integer(i, "level"));
        if (level != static_cast<std::int64_t>(scale->levels.size()) + 1) return levels.fault(i, "level");
        scale->levels.push_back({level, levels.text(i, "group"), levels.texts(i), levels.texts(i, "_definition")});
    }
    return Done{};
}

Result<Done> read_rules(const std::map<std::string, std::string_view>& files, AssessmentReference& reference) {
    const Table rules = TRY(Table::read(
        files, "admission_rules.csv", {"class", "cases_min", "running_years_min", "validity_years", "edition", "source", "status", "zh", "en", "ru"}));
    for (std::size_t i = 0; i < rules.size(); ++i) {
        const auto class_ = parse_choice<AdmissionClass>(rules.text(i, "class"));
        if (!class_) return rules.fault(i, "class");
        const auto cases_min = TRY(rules.integer(i, "cases_min"));
        const auto running_years_min = TRY(rules.integer(i, "running_years_min"));
        const auto validity_years = TRY(rules.integer(i, "validity_years"));
        reference.rules.push_back({*class_, cases_min, running_years_min, validity_years, rules.text(i, "edition"), rules.text(i, "source"),
            rules.text(i, "status"), rules.texts(i)});
    }
    for (std::size_t i = 0; i < std::size(Choices<AdmissionClass>::values); ++i)
        if (std::none_of(reference.rules.begin(), reference.rules.end(), [&](const ClassRule& one) { return one.class_ == static_cast<AdmissionClass>(i); }))
            return rules.fault(rules.size(), "class");
    return Done{};
}

Result<Done> read_systems(const std::map<std::string, std::string_view>& files, AssessmentReference& reference) {
    const Table systems =
        TRY(Table::read(files, "scoring_systems.csv", {"code", "scale_min", "scale_max", "minimum", "edition", "source", "status", "zh", "en", "ru"}));
    for (std::size_t i = 0; i < systems.size(); ++i) {
        const double scale_min = TRY(systems.real(i, "scale_min")), scale_max = TRY(systems.real(i, "scale_max")), minimum = TRY(systems.real(i, "minimum"));
        reference.systems.push_back({systems.text(i, "code"), systems.text(i, "edition"), systems.text(i, "source"), systems.text(i, "status"),
            systems.texts(i), scale_min, scale_max, minimum, {}});
    }
    const Table indicators =
        TRY(Table::read(files, "scoring_indicators.csv", {"system", "code", "weight", "zh", "en", "ru", "zh_definition", "en_definition", "ru_definition"}));
    for (std::size_t i = 0; i < indicators.size(); ++i) {
        const auto system = std::find_if(
            reference.systems.begin(), reference.systems.end(), [&](const ScoringSystem& one) { return one.code == indicators.text(i, "system"); });
        if (system == reference.systems.end()) return indicators.fault(i, "system");
        const auto weight = TRY(indicators.real(i, "weight"));
        system->indicators.push_back({indicators.text(i, "code"), weight, indicators.texts(i), indicators.texts(i, "_definition")});
    }
    for (const ScoringSystem& system : reference.systems) TRY(check_scoring(scoring_scale(system.indicators, system.scale_min, system.scale_max)));
    return Done{};
}

} // namespace

Record describe(const ScaleLevel*) {
    return {"scale_level", "A level of readiness.",
        {field<&ScaleLevel::level>("level", "Its number."), field<&ScaleLevel::group>("group", "Levels that belong together."),
            field<&ScaleLevel::name>("name", "Its name."), field<&ScaleLevel::definition>("definition", "What must be true at this level.")}};
}

Record describe(const Scale*) {
    return {"scale", "A named scale of readiness.",
        {field<&Scale::code>("code", "Its code."), field<&Scale::edition>("edition", "Which edition."), field<&Scale::source>("source", "Where it is from."),
            field<&Scale::status>("status", "official, unconfirmed or sample."), field<&Scale::name>("name", "Its name."),
            field<&Scale::levels>("levels", "Its levels, from the lowest.")}};
}

Record describe(const ClassRule*) {
    return {"class_rule", "What a class of admission asks for and gives.",
        {field<&ClassRule::class_>("class", "Which class."), field<&ClassRule::cases_min>("cases_min", "Running cases it asks for."),
            field<&ClassRule::running_years_min>("running_years_min", "How long each of them must have run at the declaration.", {.unit = "a"}),
            field<&ClassRule::validity_years>("validity_years", "How long an admission is valid.", {.unit = "a"}),
            field<&ClassRule::edition>("edition", "Which edition of the rule."), field<&ClassRule::source>("source", "Where it is from."),
            field<&ClassRule::status>("status", "official, unconfirmed or sample."), field<&ClassRule::name>("name", "Its name.")}};
}

Record describe(const ScoringIndicator*) {
    return {"scoring_indicator", "What experts score.",
        {field<&ScoringIndicator::code>("code", "Its code."), field<&ScoringIndicator::weight>("weight", "Its share of the total."),
            field<&ScoringIndicator::name>("name", "Its name."), field<&ScoringIndicator::definition>("definition", "What it asks.")}};
}

Record describe(const ScoringSystem*) {
    return {"scoring_system", "Indicators with weights that sum to one, a scale and a minimum.",
        {field<&ScoringSystem::code>("code", "Its code."), field<&ScoringSystem::edition>("edition", "Which edition."),
            field<&ScoringSystem::source>("source", "Where it is from."), field<&ScoringSystem::status>("status", "official, unconfirmed or sample."),
            field<&ScoringSystem::name>("name", "Its name."), field<&ScoringSystem::scale_min>("scale_min", "The lowest score."),
            field<&ScoringSystem::scale_max>("scale_max", "The highest score."), field<&ScoringSystem::minimum>("minimum", "The mean that is enough."),
            field<&ScoringSystem::indicators>("indicators", "Its indicators.")}};
}

ScoringScale scoring_scale(const std::vector<ScoringIndicator>& indicators, double scale_min, double scale_max) {
    ScoringScale scale{.scale_min = scale_min, .scale_max = scale_max};
    for (const ScoringIndicator& one : indicators) scale.weights.push_back(one.weight);
    return scale;
}

const Scale* AssessmentReference::scale(std::string_view code) const {
    const auto found = std::find_if(scales.begin(), scales.end(), [&](const Scale& one) { return one.code == code; });
    return found == scales.end() ? nullptr : &*found;
}

const ClassRule& AssessmentReference::rule(AdmissionClass class_) const {
    const auto found = std::find_if(rules.begin(), rules.end(), [&](const ClassRule& one) { return one.class_ == class_; });
    require(found != rules.end(), "a class without its rule");
    return *found;
}

const ScoringSystem* AssessmentReference::system(std::string_view code) const {
    const auto found = std::find_if(systems.begin(), systems.end(), [&](const ScoringSystem& one) { return one.code == code; });
    return found == systems.end() ? nullptr : &*found;
}

Result<AssessmentReference> read_assessment_reference(const std::map<std::string, std::string_view>& files) {
    AssessmentReference reference;
    TRY(read_scales(files, reference));
    TRY(read_rules(files, reference));
    TRY(read_systems(files, reference));
    return reference;
}

} // namespace greenbank::library
