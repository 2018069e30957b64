// device_messages_fuzz.cpp — any bytes as a topic and a message of a device, and as a frame of a charge point: never more than it says.
#include "energy/engine/charge_point/charge_point.h"
#include "energy/engine/device_messages/device_messages.h"
#include "json/value_tree.h"

using namespace greenbank;
using namespace greenbank::energy;

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* bytes, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(bytes), size);
    const std::size_t line = std::min(text.find('\n'), text.size());
    (void)device_messages::parse_topic(text.substr(0, line));
    const auto body = read_value_tree(text.substr(std::min(line + 1, text.size())));
    if (!body) return 0;
    const Time now{1'767'268'800'000'000};
    const device_messages::Limits limits{.readings_max = 100};
    require(device_messages::read_telemetry(body.value(), now, limits).readings.size() <= 100, "more readings than the limit");
    require(device_messages::read_gateway_telemetry(body.value(), now, limits).readings.size() <= 100, "more readings than the limit");
    (void)device_messages::read_attributes(body.value(), true, limits);
    (void)device_messages::read_command_answer({"t", device_messages::Subject::gateway_command_answer, 0}, body.value());

    charge_point::ChargePoint point;
    const charge_point::Context context{.now = now, .next_transaction = 1, .tag = {}};
    const auto first = point.receive(body.value(), context), again = point.receive(body.value(), context);
    require(first.frames.size() <= 1, "more than one answer");
    require(first.frames == again.frames, "a repeated call is answered otherwise");
    for (const ValueTree& frame : first.frames) require(!std::holds_alternative<std::monostate>(charge_point::read_frame(frame)), "an answer that is no frame");
    return 0;
}
