// device_messages_test.cpp — the forms of ThingsBoard: topics, telemetry of devices and gateways, commands and their answers.
#include <doctest/doctest.h>

#include "energy/engine/device_messages/device_messages.h"
#include "energy/engine/values.h"
#include "kernel/random.h"
#include "json/value_tree.h"

namespace greenbank::energy::device_messages {

namespace {

const Time noon{1'767'268'800'000'000};

ValueTree json(std::string_view text) { return read_value_tree(text).value(); }

/// "power@1767268800000=5 …" of what was read, then "!fault=count" of what was not.
std::string said(const Readings& result) {
    std::string text;
    for (const Reading& one : result.readings)
        text += (one.device.empty() ? "" : one.device + ":") + one.channel + "@" + std::to_string(one.at.microseconds / 1000) + "=" +
                number_tree(one.value).plain + " ";
    for (const auto& [fault, count] : result.faults) text += "!" + std::string(to_text(fault)) + "=" + std::to_string(count) + " ";
    if (!text.empty()) text.pop_back();
    return text;
}
void check(std::string_view sentence, std::string_view body, std::string_view expected, bool gateway = false) {
    INFO(sentence);
    CHECK(said(gateway ? read_gateway_telemetry(json(body), noon) : read_telemetry(json(body), noon)) == expected);
}

std::string who(std::string_view topic) {
    const auto name = parse_topic(topic);
    return name ? name->token + "/" + std::to_string(static_cast<int>(name->subject)) + "/" + std::to_string(name->number) : "none";
}

} // namespace

TEST_CASE("device messages: three ways to say who speaks") {
    CHECK(who("v1/devices/s3cret/telemetry") == "s3cret/0/0");
    CHECK(who("s3cret/v1/devices/me/telemetry") == "s3cret/0/0");
    CHECK(who("v1/devices/me/telemetry") == "/0/0");
    CHECK(who("v1/devices/s3cret/attributes") == "s3cret/1/0");
    CHECK(who("v1/devices/s3cret/attributes/request/4") == "s3cret/2/4");
    CHECK(who("v1/devices/s3cret/rpc/response/17") == "s3cret/3/17");
    CHECK(who("v1/gateway/connect") == "/5/0");
    CHECK(who("v1/gateway/s3cret/connect") == "s3cret/5/0");
    CHECK(who("s3cret/v1/gateway/telemetry") == "s3cret/7/0");
    CHECK(who("v1/gateway/s3cret/rpc") == "s3cret/9/0");
    for (const auto wrong :
        {"", "v1", "v1/", "v1/devices", "v1/devices//telemetry", "v1/devices/a/b/telemetry", "v2/devices/a/telemetry", "a/b/v1/devices/me/telemetry",
            "a/v1/devices/b/telemetry", "/v1/devices/me/telemetry", "v1/devices/a/rpc/response/x", "v1/devices/a/rpc/response/-1", "a/v1/gateway/b/telemetry"})
        CHECK_MESSAGE(who(wrong) == "none", wrong);
}

TEST_CASE("device messages: telemetry of a device") {
    check("values without a moment are of now", R"({"power":5,"door":true})", "power@1767268800000=5 door@1767268800000=1");
    check("with a moment", R"({"ts":1700000000123,"values":{"power":5.25}})", "power@1700000000123=5.25");
    check("a list of both", R"([{"power":1},{"ts":1700000000000,"values":{"power":2}}])", "power@1767268800000=1 power@1700000000000=2");
    check("a channel may be called ts", R"({"ts":7})", "ts@1767268800000=7");
    check("texts and nulls are refused, the rest is not", R"({"a":"5","b":null,"c":3,"d":{"e":1},"f":[1]})", "c@1767268800000=3 !not_a_number=4");
    check("a moment that is none", R"({"ts":"yesterday","values":{"power":1}})", "!time_unreadable=1");
    check("a moment beyond the calendar", R"({"ts":1e30,"values":{"power":1}})", "!time_unreadable=1");
    check("a number is no message", "5", "!wrong_shape=1");
    check("a list of numbers", "[1,2]", "!wrong_shape=2");
    check("nothing", "{}", "");
    check("a channel without a name", R"({"":1})", "!name_too_long=1");
}

TEST_CASE("device messages: telemetry through a gateway") {
    check("two devices", R"({"A":[{"ts":1700000000000,"values":{"x":1}}],"B":[{"x":2},{"x":3}]})",
        "A:x@1700000000000=1 B:x@1767268800000=2 B:x@1767268800000=3", true);
    check("one that is broken harms no other", R"({"A":7,"B":[{"x":2}]})", "B:x@1767268800000=2 !wrong_shape=1", true);
    check("no object", "[1]", "!wrong_shape=1", true);
    CHECK(device_of(json(R"({"device":"A"})")) == "A");
    CHECK_FALSE(device_of(json(R"({"device":5})")));
    CHECK_FALSE(device_of(json("[]")));
}

TEST_CASE("device messages: a message has its limits") {
    std::string many = "{";
    for (int i = 0; i < 50; ++i) many += (i ? ",\"c" : "\"c") + std::to_string(i) + "\":1";
    const Readings result = read_telemetry(json(many + "}"), noon, {.readings_max = 20});
    CHECK(result.readings.size() == 20);
    CHECK(result.faults.at(Fault::readings_max) > 0);
    CHECK(read_telemetry(json("{\"" + std::string(300, 'x') + "\":1}"), noon).faults.at(Fault::name_too_long) == 1);
}

TEST_CASE("device messages: commands find their way and their answers back") {
    const auto own = command({"s3cret", Subject::telemetry, 0}, "", 17, "set_power", json(R"({"value":5})"), false);
    CHECK(own.topic == "v1/devices/s3cret/rpc/request/17");
    CHECK(to_json(own.body) == R"({"method":"set_power","params":{"value":5}})");
    CHECK(command({"s3cret", Subject::telemetry, 0}, "", 17, "x", json("{}"), true).topic == "s3cret/v1/devices/me/rpc/request/17");
    const auto behind = command({"s3cret", Subject::gateway_telemetry, 0}, "A", 18, "set_power", json(R"({"value":5})"), false);
    CHECK(behind.topic == "v1/gateway/s3cret/rpc");
    CHECK(to_json(behind.body) == R"({"device":"A","data":{"id":18,"method":"set_power","params":{"value":5}}})");
    const auto answered = read_command_answer(*parse_topic("v1/devices/s3cret/rpc/response/17"), json(R"({"success":true})"));
    REQUIRE(answered);
    CHECK(answered->number == 17);
    CHECK(answered->success);
    CHECK_FALSE(read_command_answer(*parse_topic("v1/devices/s3cret/rpc/response/17"), json(R"({"error":"too hot"})"))->success);
    const auto of_gateway = read_command_answer(*parse_topic("v1/gateway/s3cret/rpc"), json(R"({"device":"A","id":18,"data":{"success":false}})"));
    REQUIRE(of_gateway);
    CHECK(of_gateway->device == "A");
    CHECK(of_gateway->number == 18);
    CHECK_FALSE(of_gateway->success);
    CHECK_FALSE(read_command_answer(*parse_topic("v1/gateway/s3cret/rpc"), json(R"({"id":18})")));
}

TEST_CASE("device messages: attributes are facts in words") {
    const auto own = read_attributes(json(R"({"firmware":"1.2","channels":4,"nested":{"a":1}})"), false);
    REQUIRE(own.attributes.size() == 2);
    CHECK(own.attributes[0].json == "\"1.2\"");
    CHECK(own.faults.at(Fault::wrong_shape) == 1);
    CHECK(read_attributes(json(R"({"A":{"x":1},"B":2})"), true).attributes[0].device == "A");
}

TEST_CASE("device messages: what a naive writer says is read back, whatever form it chose") {
    for (int seed = 1; seed <= 500; ++seed) {
        INFO("seed ", seed);
        Random random(static_cast<std::uint64_t>(seed));
        std::string text = "[", expected;
        for (std::int64_t i = random.between(1, 6); i > 0; --i) {
            const bool dated = random.chance(0.5);
            const std::int64_t at = dated ? random.between(946'684'800'000, 4'000'000'000'000) : noon.microseconds / 1000;
            if (text.size() > 1) text += ',';
            if (dated) text += "{\"ts\":" + std::to_string(at) + ",\"values\":";
            text += '{';
            for (int k = 0; k < 3; ++k) {
                const double value = static_cast<double>(random.between(-1'000'000, 1'000'000)) / 64;
                if (k) text += ',';
                text += "\"k" + std::to_string(k) + "\":" + number_tree(value).plain;
                expected += "k" + std::to_string(k) + "@" + std::to_string(at) + "=" + number_tree(value).plain + " ";
            }
            text += dated ? "}}" : "}";
        }
        expected.pop_back();
        CHECK(said(read_telemetry(json(text + "]"), noon)) == expected);
    }
}

TEST_CASE("values: texts with every escape come back") {
    for (const std::string& text :
        {std::string("plain"), std::string("quote \" slash \\ line\n tab\t bell\x07 end"), std::string("水站 – Ёж"), std::string()}) {
        CHECK(text_of(text_tree(text)) == text);
        CHECK(text_of(json(to_json(text_tree(text)))) == text);
    }
    CHECK_FALSE(text_of(json("5")));
    CHECK_FALSE(number_of(json("\"5\"")));
    CHECK_FALSE(number_of(json("true")));
    CHECK(integer_of(json("5")) == 5);
    CHECK_FALSE(integer_of(json("5.5")));
}

} // namespace greenbank::energy::device_messages
