// roles_api.cpp — the rows of jobs, kept files and the sample bank.
#include "roles.h"

namespace greenbank::testing {

namespace {

void add_api(Stage& stage, Probes& rows) {
    rows.insert({
        {"job_list", {200, at("/jobs")}},
        {"job_get", {200, at("/jobs/" + stage.job), "", "bank.jobs"}},
        {"job_cancel", {409, at("/jobs/" + stage.job + "/cancel"), "", "bank.jobs"}},
        {"job_events", {200, at("/jobs/" + stage.job + "/events"), "", "bank.jobs"}},
        {"file_create", {422, at("/files"), "{}"}},
        {"file_part_put", {404, at("/files/file_nobody/parts/0"), "x"}},
        {"file_get", {404, at("/files/file_nobody")}},
        {"file_content", {404, at("/files/file_nobody/content")}},
        {"file_delete", {404, at("/files/file_nobody")}},
        {"find", {422, at("/find")}},
        {"sample_load", {200, at("/sample/load")}},
        {"sample_remove", {200, at("/sample/remove")}},
    });
}

const RoleRows api(add_api);

} // namespace

} // namespace greenbank::testing
