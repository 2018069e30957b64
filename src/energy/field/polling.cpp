// polling.cpp — reading registers in turn, each device at its own pace.
#include "energy/field/polling.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "kernel/log.h"

namespace greenbank::energy {

Poller::Poller(FieldConnection connection, std::unique_ptr<RegisterBus> bus) : connection_(std::move(connection)), bus_(std::move(bus)) {
    for (const RegisterEntry& entry : connection_.registers) rows_.push_back(row_of(entry));
    blocks_ = register_map::plan_reads(rows_);
    back_off_.least = seconds(std::min<std::int64_t>(connection_.every_seconds, 5));
    state_.connection = connection_.id.text;
    state_.device = connection_.device.text;
    state_.address = connection_.address;
}

Result<Accepted> Poller::poll(Intake& intake, Refusals& refusals, Time now) {
    std::vector<NamedPoint> points;
    for (const register_map::ReadBlock& block : blocks_) {
        const auto words = bus_->read(static_cast<int>(connection_.unit_number), block.table, block.address, block.count);
        ++state_.reads;
        if (!words) {
            const Error& error = words.error();
            ++state_.failures;
            state_.reason = fill_in(error.message, error.parameters);
            refusals.count("modbus." + error.code.substr(error.code.find('.') + 1), connection_.address, now);
            if (error.kind == Failure::conflict) continue; // it refuses these registers only
            state_.next_at = now + back_off_.failed();
            return error;
        }
        for (const std::size_t i : block.rows) {
            const auto value = register_map::decode(rows_[i], std::span(words.value()).subspan(static_cast<std::size_t>(rows_[i].address - block.address)));
            if (value) points.push_back({rows_[i].channel, now.microseconds / 1000, *value, Quality::good});
            else refusals.count("modbus.no_value", connection_.address + " " + rows_[i].channel, now);
        }
        state_.reason.clear();
    }
    back_off_.succeeded();
    state_.read_at = now;
    state_.next_at = now + seconds(connection_.every_seconds);
    auto accepted = intake.accept(connection_.device, points, now);
    if (accepted) {
        state_.points += accepted.value().taken;
        count_refused(refusals, accepted.value(), connection_.address, now);
    } else count_refused(refusals, accepted.error(), connection_.address, now, points.size());
    return accepted;
}

Result<Done> Poller::write(std::string_view channel, double value) {
    for (const register_map::RegisterRow& row : rows_) {
        if (row.channel != channel || !row.writable) continue;
        const auto words = register_map::encode(row, value);
        if (!words) return Error{Failure::invalid, "field.value_fits_not", "The value does not fit into the register of this device."};
        return bus_->write(static_cast<int>(connection_.unit_number), row.table, static_cast<int>(row.address), *words);
    }
    return Error{Failure::conflict, "field.not_writable", "The register map of this device has no writable register for the channel."};
}

Polling::Polling(Intake& intake, Store& store, Refusals& refusals, OpenBus open, std::function<bool(const std::string&)> allowed, Clock clock, int threads) :
    intake_(intake), store_(store), refusals_(refusals), open_(std::move(open)), allowed_(std::move(allowed)), clock_(std::move(clock)) {
    for (int i = 0; i < threads; ++i) threads_.emplace_back([this] { run(); });
}

Polling::~Polling() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    changed_.notify_all();
    for (std::thread& thread : threads_) thread.join();
}

Result<Done> Polling::refresh() {
    std::vector<FieldConnection> connections;
    TRY(store_.read([&](Transaction& transaction) -> Result<Done> {
        connections = TRY(transaction.find<FieldConnection>("protocol = 'modbus' AND enabled ORDER BY id"));
        return Done{};
    }));
    const std::lock_guard lock(mutex_);
    std::map<std::string, Held> now_held;
    for (FieldConnection& connection : connections) {
        const auto before = held_.find(connection.id.text);
        if (before != held_.end() && before->second.poller && before->second.poller->connection().version == connection.version) {
            now_held.insert(held_.extract(before));
            continue;
        }
        const std::string id = connection.id.text, host = connection.address.substr(0, connection.address.rfind(':'));
        const int port = std::atoi(connection.address.c_str() + host.size() + 1);
        Held held;
        held.seen = {id, connection.device.text, connection.address, "", 0, 0, 0, {}, {}};
        if (allowed_(host)) {
            auto bus = open_(host, port, static_cast<int>(connection.timeout_milliseconds));
            held.poller = std::make_shared<Poller>(std::move(connection), std::move(bus));
        } else {
            held.seen.reason = "not allowed by the settings of this server";
            refusals_.count("modbus.not_allowed", host, clock_());
        }
        now_held.emplace(id, std::move(held));
    }
    for (auto& [id, held] : held_) // those that went, or changed
        for (Order& order : held.orders)
            if (order.answered) order.answered(false, "the connection was changed");
    held_ = std::move(now_held);
    changed_.notify_all();
    return Done{};
}

void Polling::run() {
    std::unique_lock lock(mutex_);
    while (!stopping_) {
        const Time now = clock_();
        Held* due = nullptr;
        for (auto& [id, held] : held_)
            if (held.poller && !held.busy && (!held.orders.empty() || (held.seen.next_at <= now && (!due || held.seen.next_at < due->seen.next_at)))) {
                due = &held;
                if (!held.orders.empty()) break; // set points do not wait for readings
            }
        if (!due) {
            changed_.wait_for(lock, std::chrono::milliseconds(200));
            continue;
        }
        due->busy = true;
        const std::shared_ptr<Poller> poller = due->poller;
        const std::string id = poller->connection().id.text;
        const std::deque<Order> orders = std::exchange(due->orders, {});
        lock.unlock();
        for (const Order& order : orders) {
            const auto written = poller->write(order.channel, order.value);
            if (order.answered) order.answered(static_cast<bool>(written), written ? "written" : fill_in(written.error().message, written.error().parameters));
        }
        if (poller->state().next_at <= now) {
            const auto polled = poller->poll(intake_, refusals_, now);
            if (!polled)
                log(greenbank::Level::debug, "registers_read",
                    poller->connection().address + ": " + fill_in(polled.error().message, polled.error().parameters));
        }
        lock.lock();
        // It may have been changed meanwhile; then another poller holds its place.
        if (const auto found = held_.find(id); found != held_.end() && found->second.poller == poller) {
            found->second.busy = false;
            found->second.seen = poller->state();
        }
        changed_.notify_all();
    }
}

Polling::Held* Polling::find(const Id<Device>& device) {
    for (auto& [id, held] : held_)
        if (held.poller && held.seen.device == device.text) return &held;
    return nullptr;
}

bool Polling::reaches(const Id<Device>& device) const {
    const std::lock_guard lock(mutex_);
    return std::any_of(held_.begin(), held_.end(), [&](const auto& one) { return one.second.poller && one.second.seen.device == device.text; });
}

void Polling::order(const Id<Device>& device, std::string_view channel, double value, Answered answered) {
    {
        const std::lock_guard lock(mutex_);
        if (Held* const held = find(device); held && held->orders.size() < 100) {
            held->orders.push_back({std::string(channel), value, std::move(answered)});
            changed_.notify_all();
            return;
        }
    }
    if (answered) answered(false, "no connection leads to the device, or too many orders wait for it");
}

std::vector<PolledDevice> Polling::states() const {
    const std::lock_guard lock(mutex_);
    std::vector<PolledDevice> all;
    for (const auto& [id, held] : held_) all.push_back(held.seen);
    return all;
}

} // namespace greenbank::energy
