// checks.cpp — what holds in the archive: chunks are whole and disjoint, tiers equal their recomputation.
#include <fmt/format.h>

#include "energy/telemetry/archive.h"
#include "energy/telemetry/telemetry.h"
#include "energy/telemetry/tiers.h"

namespace greenbank::energy {

namespace {

Result<std::vector<Step>> stored_days(Transaction& transaction, std::int64_t series, Moment step) {
    std::vector<Step> steps;
    const Rows rows = TRY(transaction.query("SELECT bytes FROM telemetry_tier WHERE series = $1 AND step = $2 ORDER BY first_at", {series, step}));
    for (const auto& row : rows.rows)
        if (decode_steps(as_text(row[0]), steps) != ChunkFault::none) return damaged(series, ChunkFault::damaged);
    return steps;
}

/// Of one series: its chunks, then its days and the hours that must be kept, against what the points say.
Result<std::int64_t> check_series(Transaction& transaction, CheckRun& run, std::int64_t series, Moment points_from) {
    const auto found = [&](std::string code, std::string sentence, std::string place) {
        run.found({fmt::format("telemetry_chunk/{}{}", series, place), std::move(code), std::move(sentence)});
    };
    const Rows rows = TRY(transaction.query("SELECT first_at, last_at, points, bytes FROM telemetry_chunk WHERE series = $1 ORDER BY first_at", {series}));
    Moment before = -moment_most - 1;
    Points all;
    for (const auto& row : rows.rows) {
        const std::string place = fmt::format("/{}", as_integer(row[0]));
        const std::size_t held = all.size();
        if (const ChunkFault fault = decode_chunk(as_text(row[3]), all); fault != ChunkFault::none) {
            found("check.telemetry_damaged", fmt::format("A chunk cannot be read: {}.", words_of(fault)), place);
            return static_cast<std::int64_t>(rows.size());
        }
        const bool fits = all.times[held] == as_integer(row[0]) && all.times.back() == as_integer(row[1]) &&
                          all.size() - held == static_cast<std::size_t>(as_integer(row[2])) && as_integer(row[0]) > before;
        if (!fits) found("check.telemetry_place", "A chunk is not what its row says, or overlaps the one before.", place);
        before = as_integer(row[1]);
    }
    if (series % 4 != 0) return static_cast<std::int64_t>(rows.size());
    const std::vector<Step> days = TRY(stored_days(transaction, series, day)), hours = TRY(stored_days(transaction, series, hour));
    std::vector<Step> days_now, hours_now;
    const std::size_t from = all.place(points_from);
    aggregate(all, from, all.size(), day, days_now);
    aggregate(all, from, all.size(), hour, hours_now);
    std::vector<Step> days_kept, hours_kept, hours_due;
    for (const Step& one : days)
        if (one.at >= points_from) days_kept.push_back(one);
    for (const Step& one : hours)
        if (one.at >= points_from) hours_kept.push_back(one);
    for (const Step& one : hours_now) {
        const Moment of_day = step_of(one.at, day);
        const auto whole = std::lower_bound(days_now.begin(), days_now.end(), of_day, [](const Step& step, Moment at) { return step.at < at; });
        if (whole != days_now.end() && whole->at == of_day && worth_hours(*whole)) hours_due.push_back(one);
    }
    if (days_kept != days_now) found("check.telemetry_days", "Days differ from what the points say.", "");
    if (hours_kept != hours_due) found("check.telemetry_hours", "Hours differ from what the points say.", "");
    return static_cast<std::int64_t>(rows.size());
}

Result<std::int64_t> check_telemetry(Transaction& transaction, CheckRun& run) {
    std::int64_t examined = 0;
    const Rows series = TRY(transaction.query("SELECT s.series, k.points_from FROM (SELECT DISTINCT series FROM telemetry_chunk) s LEFT JOIN telemetry_kept k "
                                              "ON k.channel = s.series / 4 ORDER BY 1"));
    for (const auto& row : series.rows) {
        examined += TRY(check_series(transaction, run, as_integer(row[0]), is_null(row[1]) ? -moment_most : as_integer(row[1])));
        run.progress(examined, 0);
    }
    const Rows batches = TRY(transaction.query("SELECT number, points, bytes FROM telemetry_batch ORDER BY number"));
    for (const auto& row : batches.rows) {
        std::vector<SeriesPoints> batch;
        const ChunkFault fault = decode_batch(as_text(row[2]), batch);
        std::int64_t points = 0;
        for (const SeriesPoints& one : batch) points += static_cast<std::int64_t>(one.points.size());
        if (fault != ChunkFault::none || points != as_integer(row[1]))
            run.found({fmt::format("telemetry_batch/{}", as_integer(row[0])), "check.telemetry_damaged",
                fmt::format("A batch cannot be read: {}.", words_of(fault))});
        ++examined;
    }
    return examined;
}

} // namespace

std::vector<Check> telemetry_checks() { return {{"telemetry", "Stored points are whole, and hours and days equal what the points say.", check_telemetry}}; }

} // namespace greenbank::energy
