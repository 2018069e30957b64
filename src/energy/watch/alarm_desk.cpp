// alarm_desk.cpp — readings to watchers, watchers to alarms, and what runs out by itself.
#include "energy/watch/alarm_desk.h"

#include <cmath>

#include <fmt/format.h>

#include "api/nobody.h"
#include "energy/reports/plans.h"
#include "energy/reports/readings.h"
#include "kernel/log.h"

namespace greenbank::energy {

struct AlarmDesk::Watched {
    AlarmRule rule;
    CompiledRule compiled;
    std::string subject;
    Id<Site> site;
    std::optional<Id<Device>> device;
    Text subject_name;
    std::vector<std::int64_t> numbers; // of channels, in the order of compiled.channels; 0: a plan, or none of that key
    std::vector<std::string> units;
    std::vector<std::optional<PlanSeries>> plans;
    std::optional<Watcher> watcher;
    std::optional<Severity> told;
    Moment planned_until = 0, kept_at = 0;
    bool fresh = false; // readings since it was kept

    void feed_plans(Moment until) {
        for (std::size_t i = 0; i < plans.size(); ++i) {
            if (!plans[i]) continue;
            std::vector<Reading> readings;
            for (const auto& [at, value] : planned_values(*plans[i], {planned_until + 1}, {until + 1}))
                readings.push_back({static_cast<std::uint16_t>(i), at.microseconds, value});
            watcher->add(readings);
        }
        planned_until = std::max(planned_until, until);
    }

    Verdict verdict(const RuleState& state) const {
        Verdict says{.rule = &rule,
            .site = site,
            .device = device,
            .subject = subject,
            .subject_name = subject_name,
            .severity = state.severity,
            .raised_at = state.raised_at,
            .severity_since = state.severity_since};
        for (std::size_t i = 0; i < compiled.nodes.size() && !says.value; ++i) {
            const CompiledRule::Node& node = compiled.nodes[i];
            if (!state.on[i] || node.channels.empty()) continue;
            says.channel = compiled.channels[node.channels[0]];
            says.value = watched_value(node, state);
            if (says.value && !std::isfinite(*says.value)) says.value.reset();
            says.unit = node.kind == ConditionKind::balance || node.kind == ConditionKind::plan ? "%" : units[node.channels[0]];
            if (node.kind == ConditionKind::rate && !says.unit.empty()) says.unit += "/h";
        }
        return says;
    }
};

void AlarmDesk::open(Time (*clock)(), AuditLine audit) {
    clock_ = clock;
    audit_ = std::move(audit);
}

AlarmDesk::Counts AlarmDesk::counts() {
    const std::lock_guard lock(mutex_);
    Counts counts{.watched = static_cast<std::int64_t>(watched_.size()), .readings = readings_};
    for (const auto& [key, one] : watched_) counts.too_late += one->watcher->kept().too_late;
    return counts;
}

void AlarmDesk::take(std::span<const TakenPoint> points, Time received) {
    if (!clock_) return;
    const std::lock_guard lock(mutex_);
    if (stale_.exchange(false))
        if (auto loaded = reload(clock_()); !loaded) {
            stale_ = true;
            log(greenbank::Level::error, "alarm_rules_load", loaded.error().message);
        }
    std::map<Watched*, std::vector<Reading>> readings;
    for (const TakenPoint& point : points) {
        if (point.quality == Quality::bad) continue;
        const auto used = uses_.find(point.channel->number);
        if (used == uses_.end()) continue;
        for (const Use& use : used->second) readings[use.watched].push_back({use.channel, point.at_milliseconds * 1000, point.value});
    }
    if (readings.empty()) return;
    std::vector<Watched*> touched;
    for (auto& [watched, some] : readings) {
        touched.push_back(watched);
        readings_ += static_cast<std::int64_t>(some.size());
        for (const Reading& reading : some) watched->feed_plans(std::min(reading.at, received.microseconds));
        watched->watcher->add(some);
        watched->watcher->pass(received.microseconds);
        watched->fresh = true;
    }
    if (auto written = write_changes(clock_(), static_cast<std::uint64_t>(received.microseconds) ^ static_cast<std::uint64_t>(readings_), touched, false);
        !written)
        log(greenbank::Level::error, "alarms_keep", written.error().message);
}

Result<Done> AlarmDesk::write_changes(Time now, std::uint64_t seed, const std::vector<Watched*>& candidates, bool memories) {
    struct Pending {
        Watched* watched;
        RuleState state;
        std::string memory;
        bool changes;
    };
    std::vector<Pending> pending;
    for (Watched* one : candidates) {
        const bool due = one->watcher->due() && *one->watcher->due() <= one->watcher->kept().clock;
        if (!one->fresh && !due) continue;
        const bool changes_anyhow = due || one->watcher->latest_severity() != one->told;
        if (!changes_anyhow && !(memories && now.microseconds - one->kept_at >= 60'000'000)) continue;
        RuleState state = one->watcher->state();
        const bool changes = state.severity != one->told;
        if (!changes && !memories) continue;
        pending.push_back({one, std::move(state), encode_state(one->watcher->kept()), changes});
        if (pending.size() == 1000) break; // the rest comes with the next call
    }
    if (pending.empty()) return Done{};
    const Caller bank = nobody(now, seed);
    TRY(store_.write([&](Transaction& transaction) -> Result<Done> {
        bool said = false;
        for (const Pending& one : pending) {
            if (one.changes) said = TRY(keep_verdict(transaction, bank, one.watched->verdict(one.state))).has_value() || said;
            const AlarmRule& rule = one.watched->rule;
            TRY(transaction.execute(
                "INSERT INTO rule_memory (id, rule, subject, rule_version, state, kept_at, sample) VALUES ($1, $2, $3, $4, $5, $6, $7) ON "
                "CONFLICT (rule, subject) DO UPDATE SET rule_version = excluded.rule_version, state = excluded.state, kept_at = excluded.kept_at",
                {bank.new_id<RuleMemory>().text, rule.id.text, one.watched->subject, rule.version, one.memory, now.microseconds,
                    static_cast<std::int64_t>(rule.sample)}));
        }
        return said ? audit_(transaction, bank, "alarm_watch") : Done{};
    }));
    for (const Pending& one : pending) {
        one.watched->told = one.state.severity;
        one.watched->kept_at = now.microseconds;
        one.watched->fresh = false;
    }
    return Done{};
}

Result<bool> AlarmDesk::changed() {
    std::string now;
    TRY(store_.read([&](Transaction& transaction) -> Result<Done> {
        for (const std::string_view table : {"alarm_rule", "device", "channel", "site_plan"}) {
            const Rows rows = TRY(transaction.query(fmt::format("SELECT count(*), max(updated_at) FROM {}", table)));
            now += fmt::format("{} {} ", as_integer(rows.rows[0][0]), as_integer(rows.rows[0][1]));
        }
        return Done{};
    }));
    return seen_ != std::exchange(seen_, now);
}

Result<Done> AlarmDesk::reload(Time now) {
    std::set<std::string> rules;
    return store_.read([&](Transaction& transaction) -> Result<Done> {
        auto before = std::exchange(watched_, {});
        uses_.clear();
        for (const AlarmRule& rule : TRY(transaction.find<AlarmRule>("enabled = true AND sample = false ORDER BY id"))) {
            std::vector<std::string> subjects;
            if (rule.device) subjects.push_back(rule.device->text);
            else if (!rule.template_.empty()) {
                const Rows devices = TRY(transaction.query(
                    "SELECT id FROM device WHERE organisation = $1 AND template = $2 AND state = 'active' AND site IS NOT NULL AND ($3 = '' OR site = $3)",
                    {rule.organisation.text, rule.template_, rule.site ? rule.site->text : std::string()}));
                for (const auto& row : devices.rows) subjects.push_back(as_text(row[0]));
            } else if (rule.site) subjects.push_back(rule.site->text);
            for (const std::string& subject : subjects) {
                const auto known = before.find({rule.id.text, subject});
                if (known != before.end() && known->second->rule.version == rule.version && watched_.size() < watched_max) {
                    for (std::size_t i = 0; i < known->second->numbers.size(); ++i)
                        if (known->second->numbers[i]) uses_[known->second->numbers[i]].push_back({known->second.get(), static_cast<std::uint16_t>(i)});
                    watched_.insert(*known);
                } else if (watched_.size() < watched_max) TRY(watch(transaction, rule, subject, now));
            }
        }
        return Done{};
    });
}

Result<Done> AlarmDesk::watch(Transaction& transaction, const AlarmRule& rule, const std::string& subject, Time now) {
    auto compiled = compile(definition_of(rule));
    if (!compiled) return Done{}; // was stored by an edition that allowed it
    auto watched = std::make_shared<Watched>();
    watched->rule = rule;
    watched->compiled = std::move(compiled).value();
    watched->subject = subject;
    const bool whole_site = !rule.device && rule.template_.empty();
    if (whole_site) {
        const auto site = TRY(transaction.find_one<Site>("id = $1 AND organisation = $2", {subject, rule.organisation.text}));
        if (!site) return Done{};
        watched->site = site->id;
        watched->subject_name = site->name;
    } else {
        const auto device = TRY(transaction.find_one<Device>("id = $1 AND organisation = $2", {subject, rule.organisation.text}));
        if (!device || !device->site || device->state != DeviceState::active) return Done{};
        watched->site = *device->site;
        watched->device = device->id;
        watched->subject_name = device->name;
    }
    for (std::size_t i = 0; i < watched->compiled.channels.size(); ++i) {
        const std::string& key = watched->compiled.channels[i];
        std::int64_t number = 0;
        std::string unit;
        std::optional<PlanSeries> plan;
        if (key.starts_with("plan:")) plan = TRY(read_plan(transaction, watched->site, key.substr(5)));
        else {
            const auto channels = whole_site ? TRY(transaction.find<Channel>("site = $1 AND key = $2 LIMIT 2", {watched->site.text, key}))
                                             : TRY(transaction.find<Channel>("device = $1 AND key = $2 LIMIT 2", {subject, key}));
            if (channels.size() == 1) number = channels[0].number, unit = channels[0].unit;
        }
        watched->numbers.push_back(number);
        watched->units.push_back(unit);
        watched->plans.push_back(std::move(plan));
    }
    const Moment begins = now.microseconds - lateness;
    const auto memory = TRY(transaction.find_one<RuleMemory>("rule = $1 AND subject = $2 AND rule_version = $3", {rule.id.text, subject, rule.version}));
    std::optional<WatcherState> known = memory ? decode_state(watched->compiled, memory->state) : std::nullopt;
    watched->planned_until = known ? known->settled.now : begins - 86'400'000'000;
    if (known) watched->watcher.emplace(watched->compiled, lateness, std::move(*known));
    else watched->watcher.emplace(watched->compiled, lateness, begins);
    if (const auto open = TRY(transaction.find_one<Alarm>("subject = $1 AND rule = $2 AND state <> 'cleared'", {subject, rule.id.text})))
        watched->told = open->severity;
    TRY(catch_up(transaction, *watched, now));
    for (std::size_t i = 0; i < watched->numbers.size(); ++i)
        if (watched->numbers[i]) uses_[watched->numbers[i]].push_back({watched.get(), static_cast<std::uint16_t>(i)});
    watched_[{rule.id.text, subject}] = std::move(watched);
    return Done{};
}

Result<Done> AlarmDesk::catch_up(Transaction& transaction, Watched& watched, Time now) {
    constexpr std::size_t points_max = 100'000;
    const Moment from = std::max(watched.watcher->kept().settled.now + 1, now.microseconds - 86'400'000'000);
    std::vector<Reading> readings;
    for (std::size_t i = 0; i < watched.numbers.size(); ++i) {
        if (!watched.numbers[i]) continue;
        const Points points = TRY(points_between(transaction, archive_, watched.numbers[i], {from}, now + seconds(300)));
        for (std::size_t at = points.size() > points_max ? points.size() - points_max : 0; at < points.size(); ++at)
            readings.push_back({static_cast<std::uint16_t>(i), points.times[at], points.values[at]});
    }
    std::stable_sort(readings.begin(), readings.end(), [](const Reading& a, const Reading& b) { return a.at < b.at; });
    watched.feed_plans(now.microseconds);
    if (!readings.empty()) {
        watched.watcher->add(readings);
        watched.fresh = true;
    }
    watched.watcher->pass(now.microseconds);
    return Done{};
}

Result<Done> AlarmDesk::clear_unwatched(Time now, std::uint64_t seed) {
    std::vector<Id<Alarm>> orphans;
    TRY(store_.read([&](Transaction& transaction) -> Result<Done> {
        for (const auto& row : TRY(transaction.query("SELECT id, rule, subject FROM alarm WHERE state <> 'cleared' AND sample = false LIMIT 10000")).rows)
            if (!watched_.contains({as_text(row[1]), as_text(row[2])})) orphans.emplace_back(as_text(row[0]));
        return Done{};
    }));
    if (orphans.empty() || watched_.size() >= watched_max) return Done{};
    const Caller bank = nobody(now, seed ^ 1);
    return store_.write([&](Transaction& transaction) -> Result<Done> {
        for (const Id<Alarm>& id : orphans) {
            Alarm alarm = TRY(transaction.get(id));
            if (is_open(alarm.state)) TRY(move_alarm(transaction, bank, alarm, AlarmMove::clear, "", ""));
        }
        return audit_(transaction, bank, "alarm_watch");
    });
}

Result<Done> AlarmDesk::tick(Time now, std::uint64_t seed) {
    if (!clock_) return Done{};
    const std::lock_guard lock(mutex_);
    if (TRY(changed()) || stale_.exchange(false)) {
        stale_ = false;
        TRY(reload(now));
        TRY(clear_unwatched(now, seed));
    }
    // Those that are due must know what other servers heard; some of the others take their turn.
    constexpr std::size_t turn = 200;
    TRY(store_.read([&](Transaction& transaction) -> Result<Done> {
        for (auto& [key, one] : watched_)
            if (one->watcher->due() && *one->watcher->due() <= now.microseconds) TRY(catch_up(transaction, *one, now));
        auto at = watched_.upper_bound(next_to_catch_up_);
        for (std::size_t i = 0; i < turn && at != watched_.end(); ++i, ++at) {
            TRY(catch_up(transaction, *at->second, now));
            next_to_catch_up_ = at->first;
        }
        if (at == watched_.end()) next_to_catch_up_ = {};
        return Done{};
    }));
    std::vector<Watched*> everybody;
    for (const auto& [key, one] : watched_) everybody.push_back(one.get());
    TRY(write_changes(now, seed, everybody, true));
    bool due = false;
    TRY(store_.read([&](Transaction& transaction) -> Result<Done> {
        due = as_integer(
                  TRY(transaction.query("SELECT (SELECT count(*) FROM alarm JOIN alarm_rule ON alarm_rule.id = alarm.rule WHERE alarm.state = 'raised' AND "
                                        "alarm.sample = false AND "
                                        "alarm.noticed_at + alarm_rule.escalate_after_minutes * 60000000 <= $1) + (SELECT count(*) FROM alarm WHERE state = "
                                        "'shelved' AND sample = false AND shelved_until <= $1)",
                          {now.microseconds}))
                      .single()) > 0;
        return Done{};
    }));
    if (!due) return Done{};
    const Caller bank = nobody(now, seed ^ 2);
    return store_.write([&](Transaction& transaction) -> Result<Done> {
        if (TRY(move_by_time(transaction, bank, now)) == 0) return Done{};
        return audit_(transaction, bank, "alarm_watch");
    });
}

} // namespace greenbank::energy
