// virtual_channels.cpp — entering formulas and factors, and trying a formula before it is kept.
#include "energy/engine/formula/channel_order.h"
#include "energy/virtual_channels/computing.h"
#include "energy/watch/operations.h"

namespace greenbank::energy {

struct FormulaTrial {
    Id<Site> site;
    std::string formula, unit;
    std::vector<FormulaInput> inputs;
    std::int64_t step_seconds = 3600;
    Time from, to;
};
Record describe(const FormulaTrial*) {
    using R = FormulaTrial;
    return {"formula_trial", "A formula to be tried.",
        {field<&R::site>("site", "At which site."), field<&R::formula>("formula", "The formula.", {.min = 1, .max = 2000}),
            field<&R::unit>("unit", "Of the result.", {.min = 1, .max = 40}), field<&R::inputs>("inputs", "What names mean.", {.max = 64, .defaulted = true}),
            field<&R::step_seconds>("step_seconds", "One value for so long.", {.unit = "s", .min = 60, .max = 86'400, .defaulted = true}),
            field<&R::from>("from", "From when."), field<&R::to>("to", "Until when.")}};
}
struct TrialStep {
    Time at;
    double value = 0;
};
Record describe(const TrialStep*) {
    return {"trial_step", "A step's value.", {field<&TrialStep::at>("at", "When it begins."), field<&TrialStep::value>("value", "The value.")}};
}
struct FormulaTrialResult {
    std::vector<TrialStep> steps;
    double sum = 0;
    bool summable = false;
};
Record describe(const FormulaTrialResult*) {
    using R = FormulaTrialResult;
    return {"formula_trial_result", "What a formula gives.",
        {field<&R::steps>("steps", "Its values.", {.max = 10'000}), field<&R::sum>("sum", "Of all steps."),
            field<&R::summable>("summable", "The sum means something.")}};
}

namespace {

constexpr std::int64_t trial_steps_max = 5000;

/// No channel of a site may be computed from itself, by however long a way.
Result<Done> check_circle(Transaction& transaction, const VirtualChannel& changed, const BoundFormula& bound) {
    std::map<std::string, std::vector<std::string>> uses;
    for (const VirtualChannel& one : TRY(transaction.find<VirtualChannel>("organisation = $1", {changed.organisation.text}))) {
        if (one.id == changed.id) continue;
        const auto other = bind_formula(transaction, one.organisation, one.site, one.formula, one.unit, one.inputs);
        auto& used = uses[one.key];
        if (other)
            for (const auto& [name, channel] : other.value().channels) used.push_back(channel.key);
    }
    auto& used = uses[changed.key];
    for (const auto& [name, channel] : bound.channels) used.push_back(channel.key);
    TRY(channel_order(uses));
    return Done{};
}

Result<VirtualChannel> virtual_channel_get(Transaction& transaction, const Caller& caller, const KeyOf<VirtualChannel>& key) {
    return seen(transaction, caller, key.id);
}
Result<Page<VirtualChannel>> virtual_channel_list(Transaction& transaction, const Caller& caller, const ListOf<VirtualChannel>& list) {
    return listed(transaction, caller, list);
}

Result<Reply<HourlyFactor>> hourly_factor_create(Transaction& transaction, const Caller& caller, const HourlyFactor& draft) {
    HourlyFactor factor = draft;
    factor.id = caller.new_id<HourlyFactor>();
    factor.organisation = TRY(acting_organisation(caller));
    factor.created_at = factor.updated_at = caller.now;
    if (factor.status == FactorStatus::official && !caller.actor.of_the_bank)
        return invalid(
            {{"status", "formula.factor_status", "Only the bank's staff confirm that a factor is official; enter it as unconfirmed with its source."}});
    TRY(transaction.insert(factor));
    return Reply<HourlyFactor>{.body = std::move(factor), .status = 201};
}
Result<Done> hourly_factor_delete(Transaction& transaction, const Caller& caller, const KeyOf<HourlyFactor>& key) {
    return transaction.erase(TRY(to_change(transaction, caller, key.id)).id);
}
Result<HourlyFactor> hourly_factor_get(Transaction& transaction, const Caller& caller, const KeyOf<HourlyFactor>& key) {
    return seen(transaction, caller, key.id);
}
Result<Page<HourlyFactor>> hourly_factor_list(Transaction& transaction, const Caller& caller, const ListOf<HourlyFactor>& list) {
    return listed(transaction, caller, list);
}

} // namespace

std::vector<Endpoint> virtual_channel_endpoints(Intake& intake) {
    const auto virtual_channel_create = [&intake](
                                            Transaction& transaction, const Caller& caller, const VirtualChannel& draft) -> Result<Reply<VirtualChannel>> {
        VirtualChannel one = draft;
        const Site site = TRY(to_change(transaction, caller, one.site));
        one.id = caller.new_id<VirtualChannel>();
        one.organisation = site.organisation;
        one.created_at = one.updated_at = caller.now;
        one.computed_until = caller.now - days(31);
        if (one.key == "step" || !TRY(transaction.query("SELECT 1 FROM channel WHERE site = $1 AND key = $2", {site.id.text, one.key})).empty())
            return Error{Failure::conflict, "formula.key_taken", "A channel of this site has this key already; choose another one."};
        const BoundFormula bound = TRY(bind_formula(transaction, one.organisation, one.site, one.formula, one.unit, one.inputs));
        TRY(check_circle(transaction, one, bound));
        const auto number = TRY(next_channel_number(transaction));
        Channel channel{.id = caller.new_id<Channel>(),
            .number = number,
            .organisation = site.organisation,
            .site = site.id,
            .key = one.key,
            .name = one.name,
            .unit = one.unit,
            .kind = site.kind,
            .quantity = bound.accumulates ? QuantityKind::interval : QuantityKind::instant,
            .created_at = caller.now,
            .updated_at = caller.now};
        TRY(transaction.insert(channel));
        one.channel = channel.id;
        TRY(transaction.insert(one));
        return Reply<VirtualChannel>{.body = std::move(one), .status = 201};
    };
    const auto virtual_channel_delete = [&intake](Transaction& transaction, const Caller& caller, const KeyOf<VirtualChannel>& key) -> Result<Done> {
        const VirtualChannel one = TRY(to_change(transaction, caller, key.id));
        const Channel channel = TRY(transaction.get(one.channel));
        TRY(intake.archive().erase(transaction, channel.number));
        TRY(transaction.erase(channel.id));
        return transaction.erase(one.id);
    };
    const auto formula_try = [&intake](Transaction& transaction, const Caller& caller, const FormulaTrial& asked) -> Result<FormulaTrialResult> {
        if (!parse_unit(asked.unit)) return invalid({{"unit", "unit.unknown", "The unit {unit} is not known; write it like kWh/m3.", {{"unit", asked.unit}}}});
        const Site site = TRY(seen(transaction, caller, asked.site));
        if (asked.to <= asked.from || (asked.to - asked.from).microseconds / seconds(asked.step_seconds).microseconds > trial_steps_max)
            return invalid({{"to", "formula.range", "Ask for up to 5,000 steps that end after they begin."}});
        const BoundFormula bound = TRY(bind_formula(transaction, site.organisation, site.id, asked.formula, asked.unit, asked.inputs));
        FormulaTrialResult result{.summable = bound.accumulates};
        const Duration step = seconds(asked.step_seconds);
        for (const auto& [at, value] :
            TRY(compute_steps(transaction, intake.archive(), bound, asked.unit, {step_of(asked.from.microseconds, step.microseconds)}, asked.to, step))) {
            result.steps.push_back({at, value});
            result.sum += value;
        }
        return result;
    };
    return {
        // clang-format off
        {"virtual_channel_list", Method::get, "/virtual-channels", "Computed channels of one's sites.", Mode::read, signed_in, call(virtual_channel_list)},
        {"virtual_channel_get", Method::get, "/virtual-channels/{id}", "One computed channel.", Mode::read, signed_in, call(virtual_channel_get)},
        {"virtual_channel_create", Method::post, "/virtual-channels", "Compute a channel from others.", Mode::write, write_watch, call(virtual_channel_create)},
        {"virtual_channel_delete", Method::remove, "/virtual-channels/{id}", "Delete a computed channel and its values.", Mode::write, write_watch, call(virtual_channel_delete)},
        {"formula_try", Method::post, "/formula-trials", "Try a formula on what was measured.", Mode::read, signed_in, call(formula_try)},
        // clang-format on
    };
}

std::vector<Endpoint> factor_endpoints() {
    return {
        // clang-format off
        {"hourly_factor_list", Method::get, "/hourly-factors", "Factors of one's organisation.", Mode::read, signed_in, call(hourly_factor_list)},
        {"hourly_factor_get", Method::get, "/hourly-factors/{id}", "One factor.", Mode::read, signed_in, call(hourly_factor_get)},
        {"hourly_factor_create", Method::post, "/hourly-factors", "Enter a factor with its source.", Mode::write, write_watch, call(hourly_factor_create)},
        {"hourly_factor_delete", Method::remove, "/hourly-factors/{id}", "Delete a factor.", Mode::write, write_watch, call(hourly_factor_delete)},
        // clang-format on
    };
}

} // namespace greenbank::energy
