// warnings.cpp — the early red light of a target: opened by the report or limit that shows it, rings until somebody says what is done, closed when the light changes.
#include "api/nobody.h"
#include "cities/carbons/owned.h"

namespace greenbank::cities {

Record describe(const CarbonKey<TargetWarning>*) { return {"target_warning_key", "Names a warning.", {field<&CarbonKey<TargetWarning>::id>("id", "Its id.")}}; }

struct WarningAnswer {
    Id<TargetWarning> id;
    std::string text;
};
Record describe(const WarningAnswer*) {
    return {"target_warning_answer", "What is done about a red light.",
        {field<&WarningAnswer::id>("id", "Which warning."),
            field<&WarningAnswer::text>("text", "What is done, by whom and until when.", {.min = 1, .max = 2000})}};
}

namespace {

constexpr std::size_t steps_max = 100;

void add_step(TargetWarning& warning, WarningStepKind kind, Time now, const std::string& person = {}, const std::string& text = {}) {
    if (warning.steps.size() >= steps_max) warning.steps.erase(warning.steps.begin() + 1); // the first one says since when
    warning.steps.push_back({kind, now, warning.months, warning.forecast_kg, person, text});
}

void take_figures(TargetWarning& warning, const CarbonTarget& target, const TargetStanding& standing) {
    warning.owner = target.owner;
    warning.responsible = target.responsible;
    warning.title = target.title;
    warning.year = target.year;
    warning.months = standing.months;
    warning.forecast_kg = standing.forecast_kg;
    warning.limit_kg = standing.limit_kg;
}

/// Its people, those who answer for the target, and the bank.
bool concerns(const Caller& caller, const TargetWarning& warning) {
    return owns(caller, warning.owner) || (!caller.actor.organisation.empty() && caller.actor.organisation == warning.responsible.text);
}

Result<Page<TargetWarning>> warning_list(Transaction& transaction, const Caller& caller, const ListOf<TargetWarning>& list) {
    if (caller.actor.may(run_cities)) return list_page<TargetWarning>(transaction, caller, list);
    return list_page<TargetWarning>(transaction, caller, list, "$1 <> '' AND (owner = $1 OR responsible = $1)", {caller.actor.organisation});
}

Result<TargetWarning> warning_seen(Transaction& transaction, const Caller& caller, const Id<TargetWarning>& id) {
    auto warning = TRY(transaction.find_one<TargetWarning>("id = $1", {id.text}));
    if (!warning || !concerns(caller, *warning)) return not_found(record_of<TargetWarning>(), id.text);
    return std::move(*warning);
}
Result<TargetWarning> warning_get(Transaction& transaction, const Caller& caller, const CarbonKey<TargetWarning>& key) {
    return warning_seen(transaction, caller, key.id);
}

Result<TargetWarning> warning_answer(Transaction& transaction, const Caller& caller, const WarningAnswer& answer) {
    TargetWarning warning = TRY(warning_seen(transaction, caller, answer.id));
    TRY(check_expected(caller, warning));
    if (warning.state == WarningState::closed)
        return Error{Failure::conflict, "target.warning_closed", "This warning is over; the forecast lies within the limit again."};
    const std::string person = as_text(TRY(transaction.query("SELECT name FROM person WHERE id = $1", {caller.actor.person})).single());
    warning.state = WarningState::answered;
    add_step(warning, WarningStepKind::answered, caller.now, person, answer.text);
    warning.updated_at = caller.now;
    TRY(transaction.update(warning));
    return warning;
}

} // namespace

Result<Done> follow_target(Transaction& transaction, const Caller& caller, const CarbonTarget& target) {
    const TargetStanding standing = standing_of(target);
    const bool red = standing.known && standing.light == CarbonLight::red;
    auto open = TRY(transaction.find_one<TargetWarning>("target = $1 AND state <> 'closed'", {target.id.text}));
    if (!open && !red) return Done{};
    if (!open) {
        TargetWarning warning{
            .id = caller.new_id<TargetWarning>(), .target = target.id, .sample = target.sample, .created_at = caller.now, .updated_at = caller.now};
        take_figures(warning, target, standing);
        add_step(warning, WarningStepKind::raised, caller.now);
        return transaction.insert(warning);
    }
    TargetWarning& warning = *open;
    const bool news = warning.months != standing.months || warning.forecast_kg != standing.forecast_kg || warning.limit_kg != standing.limit_kg;
    if (red && !news && warning.responsible == target.responsible) return Done{};
    take_figures(warning, target, standing);
    warning.state = red ? WarningState::raised : WarningState::closed; // red still: it rings anew, whatever was said of the month before
    add_step(warning, red ? WarningStepKind::forecast : WarningStepKind::closed, caller.now);
    warning.updated_at = caller.now;
    return transaction.update(warning);
}

Result<Done> forget_target(Transaction& transaction, const Id<CarbonTarget>& target) {
    for (const TargetWarning& one : TRY(transaction.find<TargetWarning>("target = $1", {target.text}))) TRY(transaction.erase(one.id));
    return Done{};
}

Result<std::optional<TargetWarning>> open_warning(Transaction& transaction, const Caller& caller, const Id<CarbonTarget>& target) {
    auto open = TRY(transaction.find_one<TargetWarning>("target = $1 AND state <> 'closed'", {target.text}));
    if (open && !concerns(caller, *open)) open.reset();
    return open;
}

std::vector<Endpoint> target_warning_endpoints() {
    return {
        // clang-format off
        {"target_warning_list", Method::get, "/target-warnings", "Red lights of one's own targets.", Mode::read, signed_in, call(warning_list)},
        {"target_warning_get", Method::get, "/target-warnings/{id}", "One warning with its steps.", Mode::read, signed_in, call(warning_get)},
        {"target_warning_answer", Method::post, "/target-warnings/{id}/answer", "Say what is done about a red light.", Mode::write, write_cities, call(warning_answer)},
        // clang-format on
    };
}

/// Red lights of the sample's targets; they go with what is marked as sample.
SampleStep sample_warnings() {
    const auto load = [](Transaction& transaction, const SampleFiles&, Time now) -> Result<std::int64_t> {
        const Caller bank = nobody(now, static_cast<std::uint64_t>(now.microseconds));
        const auto count = [&]() -> Result<std::int64_t> {
            return as_integer(TRY(transaction.query("SELECT COUNT(*) FROM target_warning WHERE sample = true")).single());
        };
        const std::int64_t before = TRY(count());
        for (const CarbonTarget& one : TRY(transaction.find<CarbonTarget>("sample = true ORDER BY id"))) TRY(follow_target(transaction, bank, one));
        return TRY(count()) - before;
    };
    return {load, [](Transaction&, const SampleFiles&, Time) -> Result<std::int64_t> { return std::int64_t{0}; }};
}

} // namespace greenbank::cities
