// metrics.h — counters and histograms for /metrics (Prometheus text format).
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "http/server.h"
#include "store/store.h"

namespace greenbank::app {

class Metrics {
public:
    Metrics();
    ~Metrics();
    void answered(std::string_view endpoint, int status, Duration took);
    std::string text(const Store& store, const http::ServerStatistics& http);

private:
    struct Inside;
    std::unique_ptr<Inside> inside_;
};

} // namespace greenbank::app
