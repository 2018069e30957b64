// metrics.cpp — the one file that knows prometheus-cpp.
#include "app/metrics.h"

#include <map>
#include <mutex>

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

namespace greenbank::app {

struct Metrics::Inside {
    prometheus::Registry registry;
    prometheus::Family<prometheus::Counter>& requests =
        prometheus::BuildCounter().Name("greenbank_requests_total").Help("Answers by endpoint and status.").Register(registry);
    prometheus::Family<prometheus::Histogram>& seconds =
        prometheus::BuildHistogram().Name("greenbank_request_seconds").Help("Time to the answer by endpoint.").Register(registry);
    prometheus::Family<prometheus::Gauge>& gauges = prometheus::BuildGauge().Name("greenbank_state").Help("What is going on now.").Register(registry);
    std::mutex mutex;
    // Endpoints are few and known: looking a pair up in our own map is cheaper than building labels for every request.
    std::map<std::pair<std::string_view, int>, prometheus::Counter*> counters;
    std::map<std::string_view, prometheus::Histogram*> histograms;
};

Metrics::Metrics() : inside_(std::make_unique<Inside>()) {}
Metrics::~Metrics() = default;

void Metrics::answered(std::string_view endpoint, int status, Duration took) {
    prometheus::Counter* counter = nullptr;
    prometheus::Histogram* histogram = nullptr;
    {
        const std::lock_guard lock(inside_->mutex);
        prometheus::Counter*& known_counter = inside_->counters[{endpoint, status}];
        if (!known_counter) known_counter = &inside_->requests.Add({{"endpoint", std::string(endpoint)}, {"status", std::to_string(status)}});
        prometheus::Histogram*& known_histogram = inside_->histograms[endpoint];
        if (!known_histogram)
            known_histogram =
                &inside_->seconds.Add({{"endpoint", std::string(endpoint)}}, prometheus::Histogram::BucketBoundaries{0.0005, 0.002, 0.01, 0.05, 0.2, 1, 5});
        counter = known_counter;
        histogram = known_histogram;
    }
    counter->Increment();
    histogram->Observe(static_cast<double>(took.microseconds) / 1e6);
}

std::string Metrics::text(const Store& store, const http::ServerStatistics& http) {
    const auto set = [&](const char* name, std::int64_t value) { inside_->gauges.Add({{"of", name}}).Set(static_cast<double>(value)); };
    const Store::Statistics statistics = store.statistics();
    set("store_groups", statistics.groups);
    set("store_writes", statistics.writes);
    set("store_waiting", statistics.waiting);
    set("http_connections", http.connections);
    set("http_refused", http.refused);
    set("http_timed_out", http.timed_out);
    return prometheus::TextSerializer().Serialize(inside_->registry.Collect());
}

} // namespace greenbank::app
