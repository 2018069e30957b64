// sample.cpp — sample labels out of their systems; footprints repeat, labels say what their footprints say.
#include "carbon/sample.h"

#include <cmath>

#include <fmt/format.h>

#include "carbon/factors/factors.h"
#include "carbon/labels/records.h"
#include "carbon/products/calculate.h"
#include "carbon/products/operations.h"

namespace greenbank::carbon {

namespace {

/// data/sample/carbon/labels: which system gets a footprint and a label.
struct SampleLabel {
    Id<CarbonLabel> id;
    Id<Footprint> footprint;
    Id<ProductSystem> system;
    std::string number;
    Id<Organisation> reviewer, verifier;
    Date issued_on, valid_until;
    std::int64_t samples = 1000;
};
Record describe(const SampleLabel*) {
    using L = SampleLabel;
    return {"sample_label", "A label of the sample bank.",
        {field<&L::id>("id", "Id."), field<&L::footprint>("footprint", "Its footprint."), field<&L::system>("system", "Of which system."),
            field<&L::number>("number", "Its number.", {.max = 40}), field<&L::reviewer>("reviewer", "Who reviewed."),
            field<&L::verifier>("verifier", "Who verified."), field<&L::issued_on>("issued_on", "When."), field<&L::valid_until>("valid_until", "Until when."),
            field<&L::samples>("samples", "Draws.", {.defaulted = true})}};
}

Result<std::int64_t> load(Transaction& transaction, const SampleFiles& files, Time now, const parties::TransparencyLog& log) {
    std::int64_t loaded = 0;
    for (const EmbeddedFile& file : files_in(files, "carbon/labels")) {
        auto read = list_from_json<SampleLabel>(file.bytes());
        if (!read) {
            read.error().message = fmt::format("{}: {}", file.path, read.error().message);
            return read.error();
        }
        for (const SampleLabel& one : read.value()) {
            if (TRY(transaction.find_one<CarbonLabel>("id = $1", {one.id.text}))) continue;
            const ProductSystem system = TRY(transaction.get(one.system));
            Footprint footprint =
                TRY(calculate(system, stored_factors(transaction, system.owner), {.scenario = {}, .samples = static_cast<std::uint32_t>(one.samples)}));
            footprint.id = one.footprint;
            footprint.at = now;
            footprint.person_name = "Greenbank";
            footprint.sample = true;
            TRY(transaction.insert(footprint));
            CarbonLabel label{.id = one.id,
                .number = one.number,
                .owner = system.owner,
                .system = system.id,
                .footprint = footprint.id,
                .title = system.title,
                .product_class = system.product_class,
                .amount = system.amount,
                .unit = system.unit,
                .boundary = system.boundary,
                .value = footprint.total,
                .by_stage = footprint.by_stage,
                .gwp = footprint.gwp,
                .quality = footprint.quality,
                .primary_share = footprint.primary_share,
                .cut_off_kept = footprint.cut_off_kept,
                .reviewer = one.reviewer,
                .verifier = one.verifier,
                .state = LabelState::published,
                .issued_on = one.issued_on,
                .valid_until = one.valid_until,
                .sample = true,
                .created_at = now,
                .updated_at = now};
            if (footprint.drawn) label.low = footprint.drawn->low, label.high = footprint.drawn->high;
            if (const auto held_against = TRY(transaction.find_one<LabelClass>("code = $1", {label.product_class}))) {
                label.class_value = held_against->value * label.amount;
                label.class_status = held_against->status;
                std::vector<GradeStep> steps;
                for (const GradeLimit& limit : held_against->grades) steps.push_back({limit.grade, limit.ratio_max});
                if (const std::string grade = grade_of(label.value, *label.class_value, steps); !grade.empty()) label.grade = grade;
            }
            const std::string statement = statement_of(label, footprint.digest);
            const std::string_view piece = statement;
            label.statement = to_hex(parties::bytes_of(parties::digest_named("sha256")({&piece, 1})));
            label.proof = TRY(log.append(transaction, "label", label.id.text, now, statement, true)).code;
            TRY(transaction.insert(label));
            loaded += 2;
        }
    }
    return loaded;
}

Result<std::int64_t> remove(Transaction& transaction, const SampleFiles&, Time) {
    std::int64_t removed =
        TRY(transaction.execute("DELETE FROM carbon_label WHERE sample = true OR system IN (SELECT id FROM product_system WHERE sample = true)"));
    return removed + TRY(transaction.execute("DELETE FROM footprint WHERE sample = true OR system IN (SELECT id FROM product_system WHERE sample = true)"));
}

Result<std::int64_t> check_footprints(Transaction& transaction, CheckRun& run) {
    std::int64_t examined = 0;
    for (std::string after;;) {
        const auto footprints = TRY(transaction.find<Footprint>("id > $1 ORDER BY id LIMIT 50", {after}));
        if (footprints.empty()) return examined;
        for (const Footprint& one : footprints) {
            auto system = from_json<ProductSystem>(one.snapshot, {.accept_read_only = true, .stored = true});
            const auto again = system ? calculate(system.value(), kept_factors(one), {.scenario = one.scenario}) : Result<Footprint>(system.error());
            if (!again || std::abs(again.value().total - one.total) > 1e-9 * std::max(1.0, std::abs(one.total)))
                run.found(
                    {"footprint/" + one.id.text, "footprint.not_repeated", "Footprint {id} gives another figure when it is repeated.", {{"id", one.id.text}}});
        }
        examined += static_cast<std::int64_t>(footprints.size());
        run.progress(examined, 0);
        after = footprints.back().id.text;
    }
}

Result<std::int64_t> check_labels(Transaction& transaction, CheckRun& run) {
    const auto labels = TRY(transaction.find<CarbonLabel>("number IS NOT NULL ORDER BY id"));
    for (const CarbonLabel& label : labels) {
        const auto footprint = TRY(transaction.find_one<Footprint>("id = $1", {label.footprint.text}));
        const std::string statement = footprint ? statement_of(label, footprint->digest) : std::string();
        const std::string_view piece = statement;
        if (!footprint || footprint->total != label.value ||
            to_hex(parties::bytes_of(parties::digest_named("sha256")({&piece, 1}))) != label.statement.value_or(""))
            run.found({"carbon_label/" + label.id.text, "label.not_stated", "Label {id} is not what its statement in the log says.", {{"id", label.id.text}}});
    }
    return static_cast<std::int64_t>(labels.size());
}

} // namespace

SampleStep sample_labels(const parties::TransparencyLog& log) {
    return {[&log](Transaction& transaction, const SampleFiles& files, Time now) { return load(transaction, files, now, log); }, remove};
}

std::vector<Check> footprint_checks() {
    return {{"footprints", "Every footprint gives the same figure when it is repeated with the factors that it kept.", check_footprints},
        {"carbon_labels", "Every label says what its footprint and its statement in the log say.", check_labels}};
}

} // namespace greenbank::carbon
