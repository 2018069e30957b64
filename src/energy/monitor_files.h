// monitor_files.h — what is unusual in a series, without a server: `greenbank monitor detect`, and `monitor score` over a labelled folder.
#pragma once

#include "api/command.h"

namespace greenbank::energy {

struct DetectOptions {
    std::string in, out;
    std::optional<std::string> alarms;
    double sensitivity = 0.5;
};
Record describe(const DetectOptions*);

struct Detected {
    std::int64_t points = 0, missing = 0;
    struct Alarm {
        std::string timestamp;
        std::string_view anomaly;
        double value = 0, score = 0;
        Text explanation;
    };
    std::vector<Alarm> alarms;
};
/// timestamp,value → timestamp,score,alarm; nothing is written where a row is wrong.
Result<Detected> detect_files(const DetectOptions& options);

Command detect_command();
Command score_command();

} // namespace greenbank::energy
