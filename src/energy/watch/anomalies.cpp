// anomalies.cpp — starting the search, the search itself, and what it found.
#include "energy/watch/anomalies.h"

#include <fmt/format.h>

#include "api/jobs.h"
#include "energy/engine/anomaly/detector.h"
#include "energy/explanation.h"
#include "energy/reports/readings.h"
#include "energy/watch/operations.h"

namespace greenbank::energy {

struct AnomalySearch {
    Id<Site> site;
    std::int64_t days_back = 30;
    double sensitivity = Detector::sensitivity_usual;
};
Record describe(const AnomalySearch*) {
    using R = AnomalySearch;
    return {"anomaly_search", "Where to look, how far back, how readily.",
        {field<&R::site>("site", "The site."), field<&R::days_back>("days_back", "So many days.", {.unit = "d", .min = 1, .max = 1100, .defaulted = true}),
            field<&R::sensitivity>(
                "sensitivity", "0 to 1: at 0.5 what is clearly farther out than anything remembered.", {.min = 0, .max = 1, .defaulted = true})}};
}

Record describe(const ChannelAnomaly*) {
    using R = ChannelAnomaly;
    return {"channel_anomaly", "Something unusual in a channel.",
        {field<&R::id>("id", "Its id.", {.read_only = true}), field<&R::organisation>("organisation", "Whose.", {.read_only = true}),
            field<&R::site>("site", "At which site.", {.read_only = true, .filter = true}),
            field<&R::channel>("channel", "In which channel.", {.read_only = true, .filter = true}),
            field<&R::channel_name>("channel_name", "Its name.", {.read_only = true}), field<&R::at>("at", "When.", {.read_only = true, .sort = true}),
            field<&R::kind>("kind", "What kind.", {.read_only = true, .filter = true}), field<&R::value>("value", "The value then.", {.read_only = true}),
            field<&R::score>("score", "0.5 to 1.", {.read_only = true}), field<&R::explanation>("explanation", "Why it is unusual.", {.read_only = true}),
            field<&R::sample>("sample", "Part of the sample bank.", {.read_only = true}),
            field<&R::found_at>("found_at", "When it was found.", {.read_only = true})}};
}

namespace {

constexpr std::size_t anomalies_of_channel_max = 500;

Result<Job> anomaly_find(Transaction& transaction, const Caller& caller, const AnomalySearch& search) {
    TRY(to_change(transaction, caller, search.site));
    return start_job(transaction, caller, "anomaly_find", to_json(search));
}

/// The same channel and time give the same anomalies: those found before in the range are replaced.
Result<std::int64_t> search_channel(JobRun& run, Intake& intake, const AnomalySearch& search, const Channel& channel, Time from, Time to) {
    Points points;
    TRY(run.store().read([&](Transaction& transaction) -> Result<Done> {
        points = TRY(points_between(transaction, intake.archive(), channel.number, from, to));
        return Done{};
    }));
    Detector detector(search.sensitivity);
    std::vector<ChannelAnomaly> found;
    double before = 0;
    for (std::size_t i = 0; i < points.size() && found.size() < anomalies_of_channel_max; ++i) {
        const bool counts = channel.quantity == QuantityKind::counter;
        const double value = counts ? points.values[i] - before : points.values[i];
        before = points.values[i];
        if (counts && i == 0) continue;
        const Judgement judgement = detector.judge(points.times[i] / 1'000'000, value);
        if (!judgement.alarm) continue;
        ChannelAnomaly one{.id = run.caller().new_id<ChannelAnomaly>(),
            .organisation = channel.organisation,
            .site = channel.site,
            .channel = channel.id,
            .channel_name = channel.name,
            .at = {points.times[i]},
            .kind = parse_choice<AnomalyKind>(energy::name_of(judgement.anomaly)).value_or(AnomalyKind::spike),
            .value = value,
            .score = judgement.score,
            .found_at = run.now()};
        for (const Language language : {Language::zh, Language::en, Language::ru}) one.explanation.in(language) = explain(judgement, language);
        found.push_back(std::move(one));
    }
    TRY(run.store().write([&](Transaction& transaction) -> Result<Done> {
        transaction.capture_changes = false;
        TRY(transaction.execute(
            "DELETE FROM channel_anomaly WHERE channel = $1 AND at >= $2 AND at < $3", {channel.id.text, from.microseconds, to.microseconds}));
        for (const ChannelAnomaly& one : found) TRY(transaction.insert(one));
        return Done{};
    }));
    return static_cast<std::int64_t>(found.size());
}

Result<Page<ChannelAnomaly>> channel_anomaly_list(Transaction& transaction, const Caller& caller, const ListOf<ChannelAnomaly>& list) {
    return listed(transaction, caller, list);
}

} // namespace

JobKind anomaly_job(Intake& intake) {
    return {"anomaly_find", "Look for what is unusual in the channels of a site.", write_watch, [&intake](JobRun& run) -> Result<std::string> {
                const AnomalySearch search = TRY(from_json<AnomalySearch>(run.request()));
                std::vector<Channel> channels;
                TRY(run.store().read([&](Transaction& transaction) -> Result<Done> {
                    channels = TRY(transaction.find<Channel>("site = $1 AND quantity <> 'state' ORDER BY id", {search.site.text}));
                    return Done{};
                }));
                const Time to = run.caller().now, from = to - days(search.days_back);
                std::int64_t found = 0;
                for (std::size_t i = 0; i < channels.size(); ++i) {
                    found += TRY(search_channel(run, intake, search, channels[i], from, to));
                    if (!run.report(static_cast<std::int64_t>(i) + 1, static_cast<std::int64_t>(channels.size()))) break;
                }
                return fmt::format(R"({{"channels":{},"anomalies":{}}})", channels.size(), found);
            }};
}

std::vector<Endpoint> anomaly_endpoints() {
    return {
        // clang-format off
        {"anomaly_find", Method::post, "/anomaly-searches", "Look for what is unusual in the channels of a site.", Mode::write, write_watch, call(anomaly_find)},
        {"channel_anomaly_list", Method::get, "/channel-anomalies", "What was unusual.", Mode::read, signed_in, call(channel_anomaly_list)},
        // clang-format on
    };
}

} // namespace greenbank::energy
