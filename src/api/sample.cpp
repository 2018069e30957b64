// sample.cpp — reading JSON lists by description, inserting what is not there yet.
#include "api/sample.h"

#include <memory>

#include <fmt/format.h>

#include "api/call.h"
#include "api/jobs.h"
#include "json/json.h"

namespace greenbank {

namespace {

constexpr Right manage_sample{"bank.sample"};

struct Loading {
    const SampleSet* set;
    std::vector<std::shared_ptr<void>> values;
};

/// A set's files as records, with the times that a file does not carry.
Result<Loading> read_set(const SampleSet& set, Time now) {
    Loading loading{&set, {}};
    struct Into {
        Loading& loading;
    } into{loading};
    for (const EmbeddedFile& file : set.files) {
        const std::size_t before = loading.values.size();
        auto read = read_json_list(file.bytes(), *set.record,
            [](void* list) -> void* {
                auto& target = static_cast<Into*>(list)->loading;
                target.values.emplace_back(target.set->make(), target.set->destroy);
                return target.values.back().get();
            },
            &into, {.accept_read_only = true});
        if (!read) {
            read.error().message = fmt::format("{}: {}", file.path, read.error().message);
            return read.error();
        }
        for (std::size_t i = before; i < loading.values.size(); ++i)
            for (const std::string_view name : {"created_at", "updated_at"})
                if (const Field* field = set.record->find(name)) *static_cast<Time*>(field->make(loading.values[i].get())) = now;
    }
    return loading;
}

Result<Job> sample_load(Transaction& transaction, const Caller& caller) { return start_job(transaction, caller, "sample_load"); }
Result<Job> sample_remove(Transaction& transaction, const Caller& caller) { return start_job(transaction, caller, "sample_remove"); }

} // namespace

Result<std::int64_t> load_samples(Store& store, const std::vector<SampleSet>& sets, const std::vector<SampleStep>& steps, Time now) {
    std::vector<Loading> all;
    for (const SampleSet& set : sets) all.push_back(TRY(read_set(set, now)));
    std::int64_t loaded = 0;
    TRY(store.write([&](Transaction& transaction) -> Result<Done> {
        loaded = 0;
        transaction.capture_changes = false;
        for (const Loading& loading : all) {
            const Record& record = *loading.set->record;
            std::vector<const void*> fresh;
            for (const auto& value : loading.values) {
                const std::string& id = static_cast<const AnyId*>(record.find("id")->get(value.get()))->text;
                if (TRY(transaction.query(fmt::format("SELECT id FROM {} WHERE id = $1", record.name), {id})).empty()) fresh.push_back(value.get());
            }
            TRY(transaction.insert_many(record, fresh));
            loaded += static_cast<std::int64_t>(fresh.size());
        }
        for (const SampleStep& step : steps) loaded += TRY(step.load(transaction, now));
        return Done{};
    }));
    return loaded;
}

Result<std::int64_t> remove_samples(Store& store, const std::vector<SampleSet>& sets, const std::vector<SampleStep>& steps, Time now) {
    std::int64_t removed = 0;
    TRY(store.write([&](Transaction& transaction) -> Result<Done> {
        removed = 0;
        for (auto step = steps.rbegin(); step != steps.rend(); ++step) removed += TRY(step->remove(transaction, now));
        for (auto set = sets.rbegin(); set != sets.rend(); ++set) {
            const std::string name(set->record->name);
            if (!set->before_removal.empty()) TRY(transaction.execute(set->before_removal));
            if (!set->tombstones.empty()) TRY(transaction.execute(set->tombstones, {now.microseconds}));
            const Rows rows = TRY(transaction.query("SELECT id FROM " + name + " WHERE sample = true"));
            TRY(transaction.execute("DELETE FROM " + name + " WHERE sample = true"));
            for (const auto& row : rows.rows)
                if (set->record->announced) TRY(transaction.announce(name, as_text(row[0]), true));
            removed += static_cast<std::int64_t>(rows.size());
        }
        return Done{};
    }));
    return removed;
}

Slice sample_slice(std::vector<SampleSet> sets, std::vector<SampleStep> steps) {
    const auto report = [](JobRun& run, std::int64_t count, std::string_view key) {
        run.report(count, count);
        return fmt::format(R"({{"{}":{}}})", key, count);
    };
    return {
        .name = "sample",
        .migrations = {},
        .records = {},
        .rights = {{manage_sample, "Load and remove the sample bank.", {"officer", "administrator"}}},
        .endpoints =
            {
                // clang-format off
                {"sample_load", Method::post, "/sample/load", "Load the sample bank.", Mode::write, manage_sample, call(sample_load)},
                {"sample_remove", Method::post, "/sample/remove", "Remove everything that is marked as sample.", Mode::write, manage_sample, call(sample_remove)},
                // clang-format on
            },
        .jobs =
            {
                {"sample_load", "Loads the sample bank.", manage_sample,
                    [sets, steps, report](JobRun& run) -> Result<std::string> {
                        run.report(0, 1);
                        return report(run, TRY(load_samples(run.store(), sets, steps, run.caller().now)), "loaded");
                    }},
                {"sample_remove", "Removes the sample bank.", manage_sample,
                    [sets, steps, report](JobRun& run) -> Result<std::string> {
                        run.report(0, 1);
                        return report(run, TRY(remove_samples(run.store(), sets, steps, run.caller().now)), "removed");
                    }},
            },
    };
}

} // namespace greenbank
