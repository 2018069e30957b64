// sample.cpp — the projects of the sample bank.
#include "projects/sample.h"

#include <fmt/format.h>

#include "projects/records.h"
#include "json/json.h"

namespace greenbank::projects {

namespace {

struct SampleAppraisal {
    Id<ProjectAppraisal> id;
    Id<Project> project;
    Text title;
    AppraisalPlan plan;
    std::string organisation, person_name;
    Time at;
};
Record describe(const SampleAppraisal*) {
    return {"sample_appraisal", "An appraisal of the sample bank.",
        {field<&SampleAppraisal::id>("id", "Id."), field<&SampleAppraisal::project>("project", "Of which project."),
            field<&SampleAppraisal::title>("title", "What is assumed.", {.min = 1, .max = 300}), field<&SampleAppraisal::plan>("plan", "What goes in."),
            field<&SampleAppraisal::organisation>("organisation", "Whose it is.", {.max = 60}),
            field<&SampleAppraisal::person_name>("person_name", "Who made it.", {.max = 200}), field<&SampleAppraisal::at>("at", "When.")}};
}

Result<std::int64_t> load(Transaction& transaction, const SampleFiles& files, Time) {
    std::int64_t loaded = 0;
    for (const EmbeddedFile& file : files_in(files, "projects/appraisals")) {
        auto read = list_from_json<SampleAppraisal>(file.bytes());
        if (!read) {
            read.error().message = fmt::format("{}: {}", file.path, read.error().message);
            return read.error();
        }
        for (SampleAppraisal& one : read.value()) {
            if (TRY(transaction.find_one<ProjectAppraisal>("id = $1", {one.id.text}))) continue;
            const AppraisalReport report = report_of(one.plan);
            TRY(transaction.insert(ProjectAppraisal{.id = one.id,
                .project = one.project,
                .title = one.title,
                .plan = std::move(one.plan),
                .report = report,
                .organisation = one.organisation,
                .person = {},
                .person_name = one.person_name,
                .at = one.at,
                .sample = true}));
            ++loaded;
        }
    }
    return loaded;
}

Result<std::int64_t> remove(Transaction& transaction, const SampleFiles&, Time) {
    std::int64_t removed = 0; // with what people added to sample projects
    for (const char* table : {"project_appraisal", "milestone_evidence", "milestone"})
        removed +=
            TRY(transaction.execute(fmt::format("DELETE FROM {} WHERE sample = true OR project IN (SELECT id FROM project WHERE sample = true)", table)));
    return removed;
}

} // namespace

std::vector<SampleSet> sample_sets() {
    return {sample_set<Project>("projects/projects"), sample_set<Milestone>("projects/milestones"), sample_set<MilestoneEvidence>("projects/evidence")};
}

SampleStep sample_appraisals() { return {load, remove}; }

} // namespace greenbank::projects
