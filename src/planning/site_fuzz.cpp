// site_fuzz.cpp — any bytes as a site and, after a line "===", its series: refused by name, or a plan whose figures are numbers and whose hours balance.
#include <chrono>
#include <cmath>

#include "planning/engine/sizing.h"
#include "planning/plan_files.h"
#include "json/json.h"

using namespace greenbank;
using namespace greenbank::planning;

namespace {

bool is_small(const Site& site, const Series& series) {
    return series.steps() <= 24 && site.demands.size() + site.sources.size() + site.sales.size() + site.converters.size() + site.storages.size() <= 12;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* bytes, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(bytes), size);
    const std::size_t between = std::min(text.find("\n===\n"), text.size());
    const auto site = from_json<Site>(text.substr(0, between));
    if (!site) return 0;
    auto table = sheets::open_table(sheets::Bytes{std::string(text.substr(std::min(between + 5, text.size())))}, series_options(500));
    if (!table) return 0;
    const auto series = read_series(*table.value(), columns_of(site.value()), "", 500);
    if (!series) {
        require(!series.error().code.empty(), "a series is refused without a reason");
        return 0;
    }
    if (!problems_of(site.value(), series.value()).empty() || !is_small(site.value(), series.value())) return 0;
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(2);
    const Plan plan = plan_site(site.value(), series.value(), {.stop = [&] { return std::chrono::steady_clock::now() > until; }});
    if (plan.outcome != Plan::Outcome::optimal && plan.outcome != Plan::Outcome::best_so_far) return 0;
    require(std::isfinite(plan.cost_per_year) && std::isfinite(plan.gap) && plan.gap >= 0, "a plan without a cost");
    for (const SizedAsset& asset : plan.assets) require(std::isfinite(asset.size), "a size that is no number");
    for (const auto& column : plan.schedule)
        for (const double value : column) require(std::isfinite(value), "an hour that is no number");
    return 0;
}
