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
constexpr std::size_t sets_at_once = 16;

struct Loading {
    const SampleSet* set;
    std::vector<std::shared_ptr<void>> values;
};

/// A set's files as records, with the times that a file does not carry.
Result<Loading> read_set(const SampleSet& set, const SampleFiles& files, Time now) {
    Loading loading{&set, {}};
    struct Into {
        Loading& loading;
    } into{loading};
    for (const EmbeddedFile& file : files_in(files, set.folder)) {
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

SampleFiles files_in(const SampleFiles& files, std::string_view folder) {
    SampleFiles found;
    if (folder.empty()) return found;
    const std::string beginning = "data/sample/" + std::string(folder);
    for (const EmbeddedFile& file : files)
        if (std::string_view(file.path).starts_with(beginning)) found.push_back(file);
    return found;
}

SampleBank sample_bank(const std::vector<Slice>& slices, SampleFiles files) {
    SampleBank bank{{}, {}, std::move(files)};
    for (const Slice& slice : slices) {
        bank.sets.insert(bank.sets.end(), slice.samples.begin(), slice.samples.end());
        bank.steps.insert(bank.steps.end(), slice.sample_steps.begin(), slice.sample_steps.end());
    }
    return bank;
}

Result<std::int64_t> load_samples(Store& store, const SampleBank& bank, Time now) {
    std::vector<Loading> all;
    for (const SampleSet& set : bank.sets) all.push_back(TRY(read_set(set, bank.files, now)));
    std::int64_t loaded = 0;
    // In several transactions: a runner that is silent behind one long write would lose its job to another server. What is there
    // already is passed over, so a load that was cut off is completed by the next.
    for (std::size_t begin = 0; begin < all.size(); begin += sets_at_once) {
        std::int64_t fresh_rows = 0;
        TRY(store.write([&](Transaction& transaction) -> Result<Done> {
            fresh_rows = 0;
            transaction.capture_changes = false;
            for (std::size_t at = begin; at < std::min(all.size(), begin + sets_at_once); ++at) {
                const Record& record = *all[at].set->record;
                std::vector<const void*> fresh;
                for (const auto& value : all[at].values) {
                    const std::string& id = static_cast<const AnyId*>(record.find("id")->get(value.get()))->text;
                    if (TRY(transaction.query(fmt::format("SELECT id FROM {} WHERE id = $1", record.name), {id})).empty()) fresh.push_back(value.get());
                }
                TRY(transaction.insert_many(record, fresh));
                fresh_rows += static_cast<std::int64_t>(fresh.size());
            }
            return Done{};
        }));
        loaded += fresh_rows;
    }
    for (const SampleStep& step : bank.steps) {
        std::int64_t made = 0;
        TRY(store.write([&](Transaction& transaction) -> Result<Done> {
            transaction.capture_changes = false;
            made = TRY(step.load(transaction, bank.files, now));
            return Done{};
        }));
        loaded += made;
    }
    return loaded;
}

Result<std::int64_t> remove_samples(Store& store, const SampleBank& bank, Time now) {
    std::int64_t removed = 0;
    TRY(store.write([&](Transaction& transaction) -> Result<Done> {
        removed = 0;
        for (auto step = bank.steps.rbegin(); step != bank.steps.rend(); ++step) removed += TRY(step->remove(transaction, bank.files, now));
        for (auto set = bank.sets.rbegin(); set != bank.sets.rend(); ++set) {
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

Slice sample_slice(const SampleBank& bank) {
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
                    [bank, report](JobRun& run) -> Result<std::string> {
                        run.report(0, 1);
                        return report(run, TRY(load_samples(run.store(), bank, run.caller().now)), "loaded");
                    }},
                {"sample_remove", "Removes the sample bank.", manage_sample,
                    [bank, report](JobRun& run) -> Result<std::string> {
                        run.report(0, 1);
                        return report(run, TRY(remove_samples(run.store(), bank, run.caller().now)), "removed");
                    }},
            },
    };
}

} // namespace greenbank
