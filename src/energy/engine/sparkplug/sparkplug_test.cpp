// sparkplug_test.cpp — payloads byte by byte, births and deaths, sequence numbers against a naive reader of whole sessions.
#include <doctest/doctest.h>

#include <algorithm>

#include "energy/engine/sparkplug/host.h"
#include "kernel/random.h"

namespace greenbank::energy::sparkplug {

namespace {

const Time noon{1'767'268'800'000'000};

Metric metric(std::string name, std::optional<std::uint64_t> alias, DataType type, MetricValue value) {
    Metric one;
    one.name = std::move(name);
    one.alias = alias;
    one.type = type;
    one.value = std::move(value);
    return one;
}
Payload payload(std::uint64_t sequence, std::vector<Metric> metrics) {
    return {static_cast<std::uint64_t>(noon.microseconds / 1000), sequence, std::move(metrics)};
}

struct Plant {
    Host host;
    Outcome outcome;

    explicit Plant(HostLimits limits = {}) : host(limits) {}
    void hear(std::string_view topic, const Payload& said, Time now = noon) { host.receive(parse_topic(topic).value(), encode(said), now, outcome); }
    void birth(std::uint64_t birth_number = 7, Time now = noon) {
        hear("spBv1.0/island/NBIRTH/gate",
            payload(0, {metric("bdSeq", {}, DataType::uint64, birth_number), metric("power", 1, DataType::real64, 5.0),
                           metric("Node Control/Rebirth", {}, DataType::boolean, false)}),
            now);
    }
    void death(std::uint64_t birth_number) {
        Payload said{{}, {}, {metric("bdSeq", {}, DataType::uint64, birth_number)}};
        hear("spBv1.0/island/NDEATH/gate", said);
    }
    void data(std::uint64_t sequence, double value, Time now = noon) {
        hear("spBv1.0/island/NDATA/gate", payload(sequence, {metric("", 1, DataType::unknown, value)}), now);
    }
    std::vector<double> values() const {
        std::vector<double> all;
        for (const Reading& one : outcome.readings) all.push_back(one.value);
        return all;
    }
};

} // namespace

TEST_CASE("sparkplug: a payload byte by byte") {
    // timestamp 1000, one metric {name "p", alias 2, datatype Double, value 1.5}, sequence 3
    const std::string bytes("\x08\xE8\x07\x12\x10\x0A\x01p\x10\x02\x20\x0A\x69\x00\x00\x00\x00\x00\x00\xF8\x3F\x18\x03", 23);
    const Payload said{1000, 3, {metric("p", 2, DataType::real64, 1.5)}};
    CHECK(encode(said) == bytes);
    CHECK(decode(bytes) == said);
    for (std::size_t cut = 1; cut < bytes.size(); ++cut) (void)decode(std::string_view(bytes).substr(0, cut)); // no end is read past
    CHECK_FALSE(decode("\x12\x7F"));
    CHECK_FALSE(decode("\x0B"));
    CHECK_FALSE(decode(std::string("\x08\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x02", 11)));
}

TEST_CASE("sparkplug: small signed numbers travel as unsigned bits") {
    const auto said = [](DataType type, std::uint64_t bits) { return number(typed(metric("x", {}, type, bits), DataType::unknown)); };
    CHECK(said(DataType::int8, 0xFF) == -1.0);
    CHECK(said(DataType::int16, 0xFFFFFFFE) == -2.0);
    CHECK(said(DataType::int32, 0xFFFFFFFD) == -3.0);
    CHECK(said(DataType::int64, 0xFFFFFFFFFFFFFFFC) == -4.0);
    CHECK(said(DataType::uint32, 0xFFFFFFFF) == 4294967295.0);
    CHECK_FALSE(number(typed(metric("x", {}, DataType::string, std::string("7")), DataType::unknown)));
    Metric nothing = metric("x", {}, DataType::int32, std::uint64_t{5});
    nothing.null = true;
    CHECK_FALSE(number(typed(nothing, DataType::unknown)));
}

TEST_CASE("sparkplug: topics") {
    CHECK(parse_topic("spBv1.0/g/NDATA/e"));
    CHECK(parse_topic("spBv1.0/g/DDATA/e/d")->device == "d");
    for (const auto wrong :
        {"spBv1.0/g/NDATA/e/d", "spBv1.0/g/DDATA/e", "spAv1.0/g/NDATA/e", "spBv1.0/STATE/host", "spBv1.0/g/OTHER/e", "spBv1.0//NDATA/e", ""})
        CHECK_FALSE(parse_topic(wrong));
    CHECK(state_topic("bank") == "spBv1.0/STATE/bank");
    CHECK(state_payload(true, {1'000'000}) == R"({"online":true,"timestamp":1000})");
}

TEST_CASE("sparkplug: aliases are read by the birth that gave them") {
    Plant plant;
    plant.birth();
    plant.data(1, 6);
    plant.data(2, 7);
    CHECK(plant.values() == std::vector<double>{5, 6, 7});
    CHECK(plant.outcome.readings[2].metric == "power");
    CHECK(plant.outcome.readings[2].node == "island/gate");
    plant.hear("spBv1.0/island/NDATA/gate", payload(3, {metric("", 99, DataType::unknown, 1.0)}));
    CHECK(plant.outcome.faults[Fault::alias_unknown] == 1);
    REQUIRE(plant.outcome.commands.size() == 1);
    CHECK(plant.outcome.commands[0].topic == "spBv1.0/island/NCMD/gate");
    CHECK(decode(plant.outcome.commands[0].payload)->metrics[0].name == "Node Control/Rebirth");
}

TEST_CASE("sparkplug: the alias of one device is not another's") {
    Plant plant;
    plant.birth();
    plant.hear("spBv1.0/island/DBIRTH/gate/meter", payload(1, {metric("energy", 10, DataType::int32, std::uint64_t{4})}));
    plant.hear("spBv1.0/island/DDATA/gate/meter", payload(2, {metric("", 10, DataType::unknown, std::uint64_t{0xFFFFFFFB})}));
    CHECK(plant.values() == std::vector<double>{5, 4, -5});
    CHECK(plant.outcome.readings[2].device == "meter");
    plant.data(3, 1);
    plant.hear("spBv1.0/island/NDATA/gate", payload(4, {metric("", 10, DataType::unknown, std::uint64_t{1})}));
    CHECK(plant.outcome.faults[Fault::alias_unknown] == 1);
    plant.hear("spBv1.0/island/DDEATH/gate/meter", payload(5, {}));
    plant.hear("spBv1.0/island/DDATA/gate/meter", payload(6, {metric("", 10, DataType::unknown, std::uint64_t{1})}));
    CHECK(plant.outcome.faults[Fault::before_birth] == 1);
}

TEST_CASE("sparkplug: data before a birth asks for it, and not at every message") {
    Plant plant;
    for (int i = 0; i < 100; ++i) plant.data(static_cast<std::uint64_t>(i), 1, noon + seconds(i));
    CHECK(plant.outcome.readings.empty());
    CHECK(plant.outcome.faults[Fault::before_birth] == 100);
    CHECK(plant.outcome.commands.size() == 3); // after 0, 30 and 90 seconds
    plant.birth(8, noon + seconds(101));
    plant.data(1, 2);
    CHECK(plant.values() == std::vector<double>{5, 2});
}

TEST_CASE("sparkplug: the will of an earlier connection does not kill the later one") {
    Plant plant;
    plant.birth(7);
    plant.birth(8);
    plant.death(7);
    CHECK(plant.outcome.faults[Fault::death_unmatched] == 1);
    CHECK(plant.host.nodes()[0].alive);
    plant.death(8);
    CHECK_FALSE(plant.host.nodes()[0].alive);
    plant.data(1, 1);
    CHECK(plant.outcome.faults[Fault::before_birth] == 1);
}

TEST_CASE("sparkplug: the sequence wraps from 255 to 0") {
    Plant plant;
    plant.birth();
    for (std::uint64_t i = 1; i <= 600; ++i) plant.data(i % 256, static_cast<double>(i));
    CHECK(plant.outcome.readings.size() == 601);
    CHECK(plant.outcome.faults.empty());
}

TEST_CASE("sparkplug: a gap waits, is filled or asks for a birth") {
    Plant plant;
    plant.birth();
    plant.data(1, 1);
    plant.data(3, 3);
    plant.data(4, 4);
    CHECK(plant.values() == std::vector<double>{5, 1});
    plant.data(2, 2, noon + seconds(3));
    CHECK(plant.values() == std::vector<double>{5, 1, 2, 3, 4});
    plant.data(6, 6);
    plant.host.tick(noon + seconds(4), plant.outcome);
    CHECK(plant.outcome.commands.empty());
    plant.host.tick(noon + seconds(6), plant.outcome);
    CHECK(plant.outcome.commands.size() == 1);
    CHECK(plant.outcome.faults[Fault::sequence_gap] == 1);
    plant.data(7, 7);
    CHECK(plant.outcome.faults[Fault::before_birth] == 1); // until it is born again
    plant.birth(8);
    plant.data(1, 8);
    CHECK(plant.values() == std::vector<double>{5, 1, 2, 3, 4, 5, 8});
}

TEST_CASE("sparkplug: bad quality, texts, nulls and history are marked or left out") {
    Plant plant;
    Metric bad = metric("power", {}, DataType::real64, 1.0), old = bad, text = metric("power", {}, DataType::string, std::string("much"));
    bad.quality = 0;
    old.historical = true;
    old.milliseconds = 1000;
    plant.birth();
    plant.hear("spBv1.0/island/NDATA/gate", payload(1, {bad, old, text}));
    REQUIRE(plant.outcome.readings.size() == 3);
    CHECK_FALSE(plant.outcome.readings[1].good);
    CHECK(plant.outcome.readings[2].historical);
    CHECK(plant.outcome.readings[2].at == Time{1'000'000});
    CHECK(plant.outcome.faults[Fault::not_a_number] == 1);
}

TEST_CASE("sparkplug: limits hold and nothing is remembered beyond them") {
    Plant plant({.nodes_max = 2, .metrics_per_node_max = 3, .reordered_max = 4});
    plant.birth();
    plant.hear("spBv1.0/g/NBIRTH/b", payload(0, {}));
    plant.hear("spBv1.0/g/NBIRTH/c", payload(0, {}));
    CHECK(plant.outcome.faults[Fault::nodes_max] == 1);
    CHECK(plant.host.nodes().size() == 2);
    plant.hear("spBv1.0/island/DBIRTH/gate/m", payload(1, {metric("a", 2, DataType::real64, 1.0)}));
    CHECK(plant.outcome.faults[Fault::nodes_max] == 2);
    for (std::uint64_t sequence = 10; sequence < 20; ++sequence) plant.data(sequence, 1);
    CHECK(plant.outcome.faults[Fault::sequence_gap] == 1);
}

namespace {

/// The naive reader: a whole life of a node as a heap of numbered messages; takes them by number, as long as there is a next one.
std::vector<double> naive_values(const std::vector<std::pair<std::uint64_t, double>>& heap) {
    std::vector<double> values{5};
    for (std::uint64_t next = 1;; ++next) {
        const auto found = std::find_if(heap.begin(), heap.end(), [&](const auto& one) { return one.first == next; });
        if (found == heap.end()) return values;
        values.push_back(found->second);
    }
}

} // namespace

TEST_CASE("sparkplug: reordered and repeated messages give what the naive reader gives") {
    for (int seed = 1; seed <= 300; ++seed) {
        INFO("seed ", seed);
        Random random(static_cast<std::uint64_t>(seed));
        Plant plant;
        plant.birth();
        std::vector<std::pair<std::uint64_t, double>> sent;
        for (std::uint64_t i = 1; i <= 700; ++i) sent.emplace_back(i, static_cast<double>(i));
        if (random.chance(0.5)) sent.erase(sent.begin() + random.between(650, 690)); // one is lost near the end
        auto shuffled = sent;                                                        // each moves by less than the buffer is long
        for (std::size_t begin = 0; begin + 20 < shuffled.size(); begin += 20)
            for (std::size_t i = 0; i < 20; ++i) std::swap(shuffled[begin + i], shuffled[begin + random.below(20)]);
        for (const auto& [number_sent, value] : shuffled) {
            plant.data(number_sent % 256, value);
            if (random.chance(0.05)) plant.data(number_sent % 256, value); // the broker says it twice
        }
        CHECK(plant.values() == naive_values(sent));
    }
}

TEST_CASE("sparkplug: what is written is read back") {
    for (int seed = 1; seed <= 300; ++seed) {
        INFO("seed ", seed);
        Random random(static_cast<std::uint64_t>(seed));
        Payload said{random.next() >> 20, random.below(256), {}};
        for (std::int64_t i = random.between(0, 20); i > 0; --i) {
            Metric one;
            if (random.chance(0.7)) one.name = std::string(random.below(40) + 1, 'a');
            if (random.chance(0.7)) one.alias = random.next();
            if (random.chance(0.3)) one.milliseconds = random.next() >> 20;
            if (random.chance(0.3)) one.quality = random.chance(0.5) ? 192 : -1;
            if (random.chance(0.3)) one.unit = "kWh";
            one.historical = random.chance(0.2);
            switch (random.below(5)) {
            case 0: one.type = DataType::uint32, one.value = random.below(1ull << 32); break;
            case 1: one.type = DataType::uint64, one.value = random.next(); break;
            case 2: one.type = DataType::real32, one.value = static_cast<double>(static_cast<float>(random.uniform())); break;
            case 3: one.type = DataType::boolean, one.value = random.chance(0.5); break;
            default: one.type = DataType::string, one.value = std::string(random.below(300), 'x'); break;
            }
            said.metrics.push_back(std::move(one));
        }
        CHECK(decode(encode(said)) == said);
    }
}

} // namespace greenbank::energy::sparkplug
