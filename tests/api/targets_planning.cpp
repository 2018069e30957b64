// targets_planning.cpp — a study.
#include <map>

#include "targets.h"

namespace greenbank::testing {

namespace {

void add_planning(Visitor& person, std::map<std::string, std::string>& places) {
    places["study_update"] =
        "/studies/" +
        create(person, "/studies",
            R"({"title":{"en":"target"},"about":{"en":"x"},"currency":"CNY","starts_at":"2026-01-01T00:00:00Z","plant":{"name":"x","demands":[{"name":"Load","column":"load","unit":"MW"}]}})");
    places["cross_border_update"] =
        "/cross-border-studies/" +
        create(person, "/cross-border-studies",
            R"({"title":{"en":"target"},"currency":"USD","starts_at":"2026-01-01T00:00:00Z","sharing":{"name":"x","zones":[{"name":"a","demand":[10]}]}})");
}

const TargetRows planning(add_planning);

} // namespace

} // namespace greenbank::testing
