// logging.h — where log lines go: standard error, by spdlog.
#pragma once

#include <string>

namespace greenbank::app {

void start_logging(const std::string& level);

} // namespace greenbank::app
