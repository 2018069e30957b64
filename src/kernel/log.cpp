// log.cpp — the sink; standard error until `app` sets another.
#include "kernel/log.h"

#include <atomic>
#include <cstdio>

namespace greenbank {

namespace {
void to_standard_error(Level, std::string_view event, std::string_view text) {
    std::fprintf(stderr, "%.*s %.*s\n", static_cast<int>(event.size()), event.data(), static_cast<int>(text.size()), text.data());
}
std::atomic<LogSink> current_sink = to_standard_error;
} // namespace

void set_log_sink(LogSink sink) { current_sink = sink; }
void log(Level level, std::string_view event, std::string_view text) { current_sink.load()(level, event, text); }

} // namespace greenbank
