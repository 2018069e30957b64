// load_splits.cpp — entering how a load is split, and the amounts of a day or month by the hour or day.
#include "energy/reports/load_splits.h"

#include <cmath>

#include <fmt/format.h>

#include "energy/engine/formula/balances.h"
#include "energy/reports/periods.h"
#include "energy/reports/readings.h"
#include "energy/watch/operations.h"

namespace greenbank::energy {

struct LoadPartAmount {
    Text name;
    double amount = 0, percent = 0;
    bool measured = false;
};
Record describe(const LoadPartAmount*) {
    using R = LoadPartAmount;
    return {"load_part_amount", "What a purpose took.",
        {field<&R::name>("name", "The purpose."), field<&R::amount>("amount", "How much."), field<&R::percent>("percent", "Of the load.", {.unit = "%"}),
            field<&R::measured>("measured", "By a channel of its own; else by its weight.")}};
}
struct LoadStep {
    Time at;
    std::vector<double> amounts; // in the order of the parts
};
Record describe(const LoadStep*) {
    return {"load_step", "An hour or day.",
        {field<&LoadStep::at>("at", "When it begins."), field<&LoadStep::amounts>("amounts", "What each purpose took.", {.max = 40})}};
}
struct LoadAmounts {
    Id<LoadSplit> id;
    Text name;
    ReportPeriod period = ReportPeriod::daily;
    Date on;
    Time from, to;
    std::string unit;
    double total = 0;
    std::vector<LoadPartAmount> parts; // with `rest` they add up to the total
    double rest = 0;                   // nobody's; negative: the measured parts say more than the load's own meter
    std::vector<LoadStep> steps;
    bool sample = false;
};
Record describe(const LoadAmounts*) {
    using R = LoadAmounts;
    return {"load_amounts", "A load by purposes.",
        {field<&R::id>("id", "The split."), field<&R::name>("name", "Its name."), field<&R::period>("period", "Day or month."),
            field<&R::on>("on", "Its first day."), field<&R::from>("from", "From when."), field<&R::to>("to", "Until when."),
            field<&R::unit>("unit", "Of the amounts."), field<&R::total>("total", "The whole load."),
            field<&R::parts>("parts", "What each purpose took.", {.max = 40}),
            field<&R::rest>("rest", "Of no purpose; negative: parts measure more than the load."),
            field<&R::steps>("steps", "Hour by hour, or day by day.", {.max = 31}), field<&R::sample>("sample", "Part of the sample bank.")}};
}
struct LoadAmountsAsked {
    Id<LoadSplit> id;
    ReportPeriod period = ReportPeriod::daily;
    std::optional<Date> on;
};
Record describe(const LoadAmountsAsked*) {
    using R = LoadAmountsAsked;
    return {"load_amounts_asked", "Of which day or month.",
        {field<&R::id>("id", "The split."), field<&R::period>("period", "Day or month.", {.defaulted = true}),
            field<&R::on>("on", "The day, or a day of the month; left out: yesterday, or last month.")}};
}

Record describe(const LoadPart*) {
    using R = LoadPart;
    return {"load_part", "A purpose of a load.",
        {field<&R::name>("name", "The purpose.", {.min = 1, .max = 120}), field<&R::channel>("channel", "Its own meter; left out: by its weight."),
            field<&R::share>("share", "Its weight in what is not measured.", {.min = 0, .max = 1'000'000, .defaulted = true})}};
}

namespace {

constexpr std::int64_t splits_of_organisation_max = 500;

void check_split(const void* value, Problems& problems) {
    const auto& split = *static_cast<const LoadSplit*>(value);
    for (std::size_t i = 0; i < split.parts.size(); ++i) {
        const LoadPart& part = split.parts[i];
        if (part.channel ? part.share != 0 : !(part.share > 0))
            problems.push_back({fmt::format("parts[{}].share", i), "load_split.share", "A purpose has a channel of its own or a weight above zero, not both."});
        if (part.channel && *part.channel == split.channel)
            problems.push_back({fmt::format("parts[{}].channel", i), "load_split.itself", "The whole load is no part of itself."});
    }
}

} // namespace

Record describe(const LoadSplit*) {
    using R = LoadSplit;
    return {"load_split", "How a load is split into purposes.",
        {field<&R::id>("id", "Its id.", {.read_only = true}), field<&R::organisation>("organisation", "Whose.", {.read_only = true}),
            field<&R::site>("site", "Of which site.", {.filter = true}), field<&R::channel>("channel", "The whole load."),
            field<&R::name>("name", "What it is called.", {.min = 1, .max = 200}), field<&R::parts>("parts", "The purposes.", {.min = 1, .max = 40}),
            field<&R::sample>("sample", "Part of the sample bank.", {.read_only = true}), field<&R::created_at>("created_at", "When.", {.read_only = true}),
            field<&R::updated_at>("updated_at", "When changed.", {.read_only = true}),
            field<&R::version>("version", "Grows with each change.", {.read_only = true})},
        check_split};
}

namespace {

/// Channels of the same site whose amounts are of one kind: kWh and MWh, m3.
Result<Done> check_channels(Transaction& transaction, const Caller& caller, const LoadSplit& split) {
    const Site site = TRY(to_change(transaction, caller, split.site));
    const auto whole = TRY(transaction.find_one<Channel>("id = $1 AND site = $2", {split.channel.text, site.id.text}));
    if (!whole) return invalid({{"channel", "load_split.channel", "This channel is not of the site."}});
    const auto unit = total_unit(*whole);
    if (!unit) return invalid({{"channel", "load_split.amount", "Nothing flows in this channel; choose a meter, a power or a flow."}});
    for (std::size_t i = 0; i < split.parts.size(); ++i) {
        if (!split.parts[i].channel) continue;
        const std::string field = fmt::format("parts[{}].channel", i);
        const auto part = TRY(transaction.find_one<Channel>("id = $1 AND site = $2", {split.parts[i].channel->text, site.id.text}));
        if (!part) return invalid({{field, "load_split.channel", "This channel is not of the site."}});
        const auto its = total_unit(*part);
        if (!its || !same_dimension(its->unit, unit->unit))
            return invalid({{field, "load_split.unit", "This channel does not count in {unit}.", {{"unit", unit->unit}}}});
    }
    return Done{};
}

Result<Reply<LoadSplit>> load_split_create(Transaction& transaction, const Caller& caller, const LoadSplit& draft) {
    LoadSplit split = draft;
    TRY(check_channels(transaction, caller, split));
    split.id = caller.new_id<LoadSplit>();
    split.organisation = TRY(transaction.get(split.site)).organisation;
    split.created_at = split.updated_at = caller.now;
    if (as_integer(TRY(transaction.query("SELECT count(*) FROM load_split WHERE organisation = $1", {split.organisation.text})).single()) >=
        splits_of_organisation_max)
        return Error{Failure::conflict, "load_split.many", "An organisation splits at most 500 loads."};
    TRY(transaction.insert(split));
    return Reply<LoadSplit>{.body = std::move(split), .status = 201};
}
Result<LoadSplit> load_split_update(Transaction& transaction, const Caller& caller, const Patch<LoadSplit>& patch) {
    const LoadSplit before = TRY(to_change(transaction, caller, patch.id));
    LoadSplit split = TRY(apply_patch(transaction, caller, patch));
    if (split.site != before.site) return invalid({{"site", "load_split.moved", "A split stays at its site; enter it anew elsewhere."}});
    TRY(check_channels(transaction, caller, split));
    split.updated_at = caller.now;
    TRY(transaction.update(split));
    return split;
}
Result<Done> load_split_delete(Transaction& transaction, const Caller& caller, const KeyOf<LoadSplit>& key) {
    return transaction.erase(TRY(to_change(transaction, caller, key.id)).id);
}
Result<LoadSplit> load_split_get(Transaction& transaction, const Caller& caller, const KeyOf<LoadSplit>& key) { return seen(transaction, caller, key.id); }
Result<Page<LoadSplit>> load_split_list(Transaction& transaction, const Caller& caller, const ListOf<LoadSplit>& list) {
    return listed(transaction, caller, list);
}

/// What flowed in each step, in thousandths of `unit`; nothing where the channel is gone.
Result<std::vector<std::int64_t>> amounts_of(
    Transaction& transaction, Archive& archive, const Id<Channel>& id, const std::string& unit, const PeriodSteps& steps) {
    std::vector<double> amounts(steps.count);
    const auto channel = TRY(transaction.find_one<Channel>("id = $1", {id.text}));
    const auto its = channel ? total_unit(*channel) : std::nullopt;
    if (its)
        for (const StepValue& one : TRY(step_values(transaction, archive, *channel, steps.from, steps.to, hours(1)))) {
            const auto amount = convert({one.value * (its->per_hour_of_mean > 0 ? its->per_hour_of_mean : 1), its->unit}, unit);
            if (const std::size_t place = steps.place_of(one.at); place < steps.count && amount) amounts[place] += *amount;
        }
    std::vector<std::int64_t> thousandths;
    for (const double amount : amounts) thousandths.push_back(std::llround(std::clamp(amount, -1e12, 1e12) * 1000));
    return thousandths;
}

double whole(std::int64_t thousandths) { return static_cast<double>(thousandths) / 1000; }

/// Each step is split by itself in thousandths, so that parts add up whatever is rounded.
Result<LoadAmounts> split_load(Transaction& transaction, Archive& archive, const LoadSplit& split, const LoadAmountsAsked& asked, Time now) {
    const Channel load = TRY(transaction.get(split.channel));
    const auto unit = total_unit(load);
    if (!unit) return Error{Failure::conflict, "load_split.amount", "Nothing flows in this channel; choose a meter, a power or a flow."};
    const PeriodSteps steps = steps_of_period(TRY(transaction.get(split.site)), asked.period, asked.on, now);
    LoadAmounts found{.id = split.id,
        .name = split.name,
        .period = asked.period,
        .on = steps.on,
        .from = steps.from,
        .to = steps.to,
        .unit = unit->unit,
        .sample = split.sample};
    const std::vector<std::int64_t> loads = TRY(amounts_of(transaction, archive, split.channel, found.unit, steps));
    std::vector<std::vector<std::int64_t>> measured;
    std::vector<PurposeShare> shares; // of those without a channel
    for (const LoadPart& part : split.parts) {
        found.parts.push_back({part.name, 0, 0, part.channel.has_value()});
        if (part.channel) measured.push_back(TRY(amounts_of(transaction, archive, *part.channel, found.unit, steps)));
        else shares.push_back({"", part.share});
    }
    std::int64_t total = 0, rest = 0;
    std::vector<std::int64_t> sums(found.parts.size());
    for (std::size_t i = 0; i < steps.count; ++i) {
        std::int64_t left = loads[i];
        for (const std::vector<std::int64_t>& part : measured) left -= part[i];
        const bool shared_out = left > 0 && !shares.empty();
        const std::vector<std::int64_t> shared = shared_out ? TRY(disaggregate(left, shares)) : std::vector<std::int64_t>(shares.size());
        LoadStep one{steps.begin_of(i), {}};
        for (std::size_t part = 0, of_measured = 0, of_shared = 0; part < found.parts.size(); ++part) {
            const std::int64_t amount = found.parts[part].measured ? measured[of_measured++][i] : shared[of_shared++];
            one.amounts.push_back(whole(amount));
            sums[part] += amount;
        }
        total += loads[i];
        if (!shared_out) rest += left;
        found.steps.push_back(std::move(one));
    }
    found.total = whole(total);
    found.rest = whole(rest);
    for (std::size_t part = 0; part < sums.size(); ++part) {
        found.parts[part].amount = whole(sums[part]);
        found.parts[part].percent = total > 0 ? whole(sums[part]) / found.total * 100 : 0;
    }
    return found;
}

} // namespace

std::vector<Endpoint> load_split_endpoints(Intake& intake) {
    const auto load_split_amounts = [&intake](Transaction& transaction, const Caller& caller, const LoadAmountsAsked& asked) -> Result<LoadAmounts> {
        return split_load(transaction, intake.archive(), TRY(seen(transaction, caller, asked.id)), asked, caller.now);
    };
    return {
        // clang-format off
        {"load_split_list", Method::get, "/load-splits", "Loads that are split into purposes.", Mode::read, signed_in, call(load_split_list)},
        {"load_split_get", Method::get, "/load-splits/{id}", "One of them.", Mode::read, signed_in, call(load_split_get)},
        {"load_split_create", Method::post, "/load-splits", "Split another load.", Mode::write, write_watch, call(load_split_create)},
        {"load_split_update", Method::patch, "/load-splits/{id}", "Change how a load is split.", Mode::write, write_watch, call(load_split_update)},
        {"load_split_delete", Method::remove, "/load-splits/{id}", "Split it no more.", Mode::write, write_watch, call(load_split_delete)},
        {"load_split_amounts", Method::get, "/load-splits/{id}/amounts", "A day or month of a load by purposes.", Mode::read, signed_in, call(load_split_amounts)},
        // clang-format on
    };
}

} // namespace greenbank::energy
