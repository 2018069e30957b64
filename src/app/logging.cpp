// logging.cpp — the one file that knows spdlog. Control characters never reach the log: a line stays a line.
#include "app/logging.h"

#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>

#include "kernel/log.h"

namespace greenbank::app {

void start_logging(const std::string& level) {
    auto logger = spdlog::stderr_color_mt("greenbank");
    logger->set_pattern("%Y-%m-%dT%H:%M:%S.%eZ %^%l%$ %v", spdlog::pattern_time_type::utc);
    logger->set_level(spdlog::level::from_str(level));
    spdlog::set_default_logger(logger);
    set_log_sink([](Level line_level, std::string_view event, std::string_view text) {
        static constexpr spdlog::level::level_enum levels[] = {spdlog::level::debug, spdlog::level::info, spdlog::level::warn, spdlog::level::err};
        std::string clean(text);
        for (char& c : clean)
            if (static_cast<unsigned char>(c) < 0x20) c = ' ';
        spdlog::log(levels[static_cast<int>(line_level)], "{} {}", event, clean);
    });
}

} // namespace greenbank::app
