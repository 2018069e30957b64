// One line of log: a level, an event named noun_verb, and what to know. `app` decides where lines go.
#pragma once

#include <string>
#include <string_view>

namespace greenbank {

enum class Level { debug, info, warning, error };

using LogSink = void (*)(Level level, std::string_view event, std::string_view text);
void set_log_sink(LogSink sink);
void log(Level level, std::string_view event, std::string_view text = {});

} // namespace greenbank
