// topic.cpp — filters of subscriptions, after section 4.7 of MQTT 5.
#include "mqtt/mqtt.h"

namespace greenbank::mqtt {

bool matches(std::string_view filter, std::string_view topic) {
    if (!topic.empty() && topic.front() == '$' && (filter.starts_with('+') || filter.starts_with('#'))) return false; // the broker's own
    while (true) {
        if (filter == "#") return true;
        const std::size_t filter_end = filter.find('/'), topic_end = topic.find('/');
        const std::string_view level = filter.substr(0, filter_end);
        if (level != "+" && level != topic.substr(0, topic_end)) return false;
        if (topic_end == topic.npos) return filter_end == filter.npos || filter.substr(filter_end) == "/#";
        if (filter_end == filter.npos) return false;
        filter.remove_prefix(filter_end + 1);
        topic.remove_prefix(topic_end + 1);
    }
}

} // namespace greenbank::mqtt
