// asking.cpp — points, steps and newest values of channels by HTTP; as CSV too.
#include <cmath>

#include <fmt/format.h>

#include "energy/sites/operations.h"
#include "energy/telemetry/intake.h"
#include "energy/telemetry/query.h"
#include "energy/telemetry/telemetry.h"
#include "kernel/csv.h"

namespace greenbank::energy {

struct PointsAsked {
    Id<Channel> id;
    Time from, to;
    std::int64_t limit = 5000;
    bool with_bad = false;
};
Record describe(const PointsAsked*) {
    return {"points_asked", "Points of a channel as they came.",
        {
            field<&PointsAsked::id>("id", "Of which channel."),
            field<&PointsAsked::from>("from", "From when."),
            field<&PointsAsked::to>("to", "Until before when."),
            field<&PointsAsked::limit>("limit", "At most so many, the oldest first.", {.min = 1, .max = 100000, .defaulted = true}),
            field<&PointsAsked::with_bad>("with_bad", "Bad ones too.", {.defaulted = true}),
        }};
}
struct SeriesOfPoints {
    std::vector<std::int64_t> at;
    std::vector<double> value;
    std::vector<std::string> quality; // empty: all are good
    bool more = false;
};
Record describe(const SeriesOfPoints*) {
    return {"point_series", "Points of a channel in columns.",
        {
            field<&SeriesOfPoints::at>("at", "When, in milliseconds since 1970.", {.unit = "ms"}),
            field<&SeriesOfPoints::value>("value", "What was measured."),
            field<&SeriesOfPoints::quality>("quality", "What the device said of it; empty: all are good."),
            field<&SeriesOfPoints::more>("more", "There are more than asked for."),
        }};
}

struct StepsAsked {
    std::vector<Id<Channel>> channels;
    Time from, to;
    std::optional<std::int64_t> step_seconds;
    std::int64_t steps = 600, offset_minutes = 0;
};
Record describe(const StepsAsked*) {
    return {"steps_asked", "Channels in steps of one length.",
        {
            field<&StepsAsked::channels>("channels", "Which channels.", {.min = 1, .max = 1000}),
            field<&StepsAsked::from>("from", "From when."),
            field<&StepsAsked::to>("to", "Until before when."),
            field<&StepsAsked::step_seconds>(
                "step_seconds", "How long a step is; absent: so that there are about `steps`.", {.unit = "s", .min = 1, .max = 31622400}),
            field<&StepsAsked::steps>("steps", "About how many.", {.min = 1, .max = 5000, .defaulted = true}),
            field<&StepsAsked::offset_minutes>(
                "offset_minutes", "How far the clock of these steps is ahead of UTC.", {.unit = "min", .min = -720, .max = 840, .defaulted = true}),
        }};
}
struct ChannelSteps {
    Id<Channel> channel;
    std::vector<std::int64_t> at, count;
    std::vector<double> mean, least, greatest, sum, last;
};
Record describe(const ChannelSteps*) {
    using One = ChannelSteps;
    return {"channel_steps", "A channel in steps, in columns; steps without a value are left out.",
        {
            field<&One::channel>("channel", "Which channel."),
            field<&One::at>("at", "When a step begins, in milliseconds since 1970.", {.unit = "ms"}),
            field<&One::count>("count", "How many points."),
            field<&One::mean>("mean", "Their mean."),
            field<&One::least>("min", "The least."),
            field<&One::greatest>("max", "The greatest."),
            field<&One::sum>("sum", "Their sum."),
            field<&One::last>("last", "The last."),
        }};
}
struct StepsAnswer {
    std::int64_t step_seconds = 0;
    std::vector<ChannelSteps> channels;
};
Record describe(const StepsAnswer*) {
    return {"steps_answer", "Channels in steps of one length.",
        {field<&StepsAnswer::step_seconds>("step_seconds", "How long a step is.", {.unit = "s"}), field<&StepsAnswer::channels>("channels", "The channels.")}};
}

struct NewestValue {
    Id<Channel> channel;
    std::optional<Time> at;
    std::optional<double> value;
};
Record describe(const NewestValue*) {
    return {"newest_value", "The newest value of a channel.",
        {
            field<&NewestValue::channel>("channel", "Which channel."),
            field<&NewestValue::at>("at", "When it was measured; absent: never."),
            field<&NewestValue::value>("value", "What was measured."),
        }};
}
struct NewestValues {
    Time now;
    std::vector<NewestValue> values;
};
Record describe(const NewestValues*) {
    return {"newest_values", "The newest values of a site.",
        {field<&NewestValues::now>("now", "The server's clock."), field<&NewestValues::values>("values", "By channel.")}};
}

namespace {

Result<Done> check_range(Time from, Time to) {
    if (from < to) return Done{};
    return invalid({{"to", "telemetry.range", "The range ends after it begins."}});
}

Result<SeriesOfPoints> channel_points(Intake& intake, Transaction& transaction, const Caller& caller, const PointsAsked& asked) {
    TRY(check_range(asked.from, asked.to));
    const Channel channel = TRY(seen(transaction, caller, asked.id));
    const auto points =
        TRY(read_points(transaction, intake.archive(), channel.number, asked.from, asked.to, static_cast<std::size_t>(asked.limit) + 1, asked.with_bad));
    SeriesOfPoints series{.more = points.size() > static_cast<std::size_t>(asked.limit)};
    const std::size_t count = std::min(points.size(), static_cast<std::size_t>(asked.limit));
    const bool marked = std::any_of(points.begin(), points.end(), [](const MarkedPoint& point) { return point.quality != Quality::good; });
    for (std::size_t i = 0; i < count; ++i) {
        series.at.push_back(points[i].at_milliseconds);
        series.value.push_back(points[i].value);
        if (marked) series.quality.emplace_back(greenbank::name_of(points[i].quality));
    }
    return series;
}

constexpr std::size_t steps_in_all_max = 2'000'000;

/// Hands over the steps of each channel in turn.
Result<Duration> walk_steps(Transaction& transaction, const Caller& caller, Intake& intake, const StepsAsked& asked,
    const std::function<Result<Done>(const Channel&, const std::vector<Step>&)>& each) {
    TRY(check_range(asked.from, asked.to));
    const Duration range = asked.to - asked.from;
    const Duration step = asked.step_seconds ? seconds(*asked.step_seconds) : step_for(range, static_cast<std::size_t>(asked.steps));
    if (range.microseconds / step.microseconds * static_cast<std::int64_t>(asked.channels.size()) > static_cast<std::int64_t>(steps_in_all_max))
        return Error{Failure::too_large, "telemetry.too_many_steps", "That would be more than two million steps; ask for a longer step or a shorter range."};
    const ArchiveView view = TRY(intake.archive().view(transaction));
    for (const Id<Channel>& id : asked.channels) {
        const Channel channel = TRY(seen(transaction, caller, id));
        TRY(each(channel, TRY(read_channel_steps(view, channel.number, asked.from, asked.to, step, minutes(asked.offset_minutes)))));
    }
    return step;
}

Result<StepsAnswer> channel_steps(Intake& intake, Transaction& transaction, const Caller& caller, const StepsAsked& asked) {
    StepsAnswer answer;
    const Duration step = TRY(walk_steps(transaction, caller, intake, asked, [&](const Channel& channel, const std::vector<Step>& steps) -> Result<Done> {
        ChannelSteps& one = answer.channels.emplace_back();
        one.channel = channel.id;
        for (const Step& each : steps) {
            one.at.push_back(each.at / 1000);
            one.count.push_back(static_cast<std::int64_t>(each.values.count));
            one.mean.push_back(each.values.mean());
            one.least.push_back(each.values.least);
            one.greatest.push_back(each.values.greatest);
            one.sum.push_back(each.values.sum);
            one.last.push_back(each.values.last);
        }
        return Done{};
    }));
    answer.step_seconds = step.microseconds / 1'000'000;
    return answer;
}

Result<Raw> channel_steps_export(Intake& intake, Transaction& transaction, const Caller& caller, const StepsAsked& asked) {
    std::string out = "time,channel,unit,count,min,max,mean,sum,last\r\n";
    TRY(walk_steps(transaction, caller, intake, asked, [&](const Channel& channel, const std::vector<Step>& steps) -> Result<Done> {
        std::string middle = ",";
        append_csv_cell(middle, channel.key);
        middle += ',';
        append_csv_cell(middle, channel.unit);
        for (const Step& each : steps)
            fmt::format_to(std::back_inserter(out), "{}{},{},{},{},{},{},{}\r\n", to_text(Time{each.at}), middle, each.values.count, each.values.least,
                each.values.greatest, each.values.mean(), each.values.sum, each.values.last);
        return Done{};
    }));
    return Raw{"text/csv; charset=utf-8", std::move(out), {{"Content-Disposition", "attachment; filename=\"channels.csv\""}}};
}

Result<NewestValues> site_newest(Intake& intake, Transaction& transaction, const Caller& caller, const Named<Site>& key) {
    TRY(seen(transaction, caller, key.id));
    NewestValues newest{.now = caller.now};
    const ArchiveView view = TRY(intake.archive().view(transaction));
    for (const Channel& channel : TRY(transaction.find<Channel>("site = $1 ORDER BY number LIMIT 1000", {key.id.text}))) {
        NewestValue value{.channel = channel.id};
        if (const auto found = TRY(view.newest(series_of(channel.number, SeriesKind::values)))) {
            value.at = Time{found->first};
            if (std::isfinite(found->second)) value.value = found->second;
        }
        newest.values.push_back(std::move(value));
    }
    return newest;
}

} // namespace

std::vector<Endpoint> asking_endpoints(Intake& intake) {
    return {
        // clang-format off
        {"channel_points_get", Method::get, "/channels/{id}/points", "Points of a channel as they came.", Mode::read, open_to_all, call(intake, channel_points)},
        {"channel_steps_get", Method::get, "/channel_steps", "Channels in steps: least, greatest, mean, sum, last.", Mode::read, open_to_all, call(intake, channel_steps)},
        {"channel_steps_export", Method::get, "/channel_steps/export", "The same as CSV.", Mode::read, open_to_all, as_file("text/csv", call(intake, channel_steps_export))},
        {"site_newest_get", Method::get, "/sites/{id}/newest", "The newest values of a site.", Mode::read, open_to_all, call(intake, site_newest)},
        // clang-format on
    };
}

} // namespace greenbank::energy
