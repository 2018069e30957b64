// field.cpp — the field of one server.
#include "energy/field/field.h"

#include "energy/control/control.h"
#include "kernel/log.h"

namespace greenbank::energy {

Field::Field(Store& store, Intake& intake, Clock its_clock) :
    messages(intake, store, refusals), charging(intake, store, refusals, its_clock), clock(its_clock), store_(store), intake_(intake) {}

void Field::start_polling(OpenBus open, std::function<bool(const std::string&)> allowed) {
    auto polling = std::make_shared<Polling>(intake_, store_, refusals, std::move(open), std::move(allowed), clock);
    const std::lock_guard lock(mutex_);
    polling_ = std::move(polling);
}

void Field::stop_polling() {
    std::shared_ptr<Polling> ending;
    const std::lock_guard lock(mutex_);
    ending.swap(polling_);
}

void Field::tick() {
    messages.tick(clock());
    charging.tick();
    carry_commands();
}

Result<Done> Field::refresh() {
    std::shared_ptr<Polling> polling;
    {
        const std::lock_guard lock(mutex_);
        polling = polling_;
    }
    if (polling) return polling->refresh();
    return Done{};
}

std::vector<PolledDevice> Field::polled() const {
    const std::lock_guard lock(mutex_);
    return polling_ ? polling_->states() : std::vector<PolledDevice>{};
}

bool Field::polling() const {
    const std::lock_guard lock(mutex_);
    return polling_ != nullptr;
}

bool Field::reaches(const Id<Device>& device) const {
    std::shared_ptr<Polling> polling;
    {
        const std::lock_guard lock(mutex_);
        polling = polling_;
    }
    return (polling && polling->reaches(device)) || messages.reaches(device);
}

void Field::write(const Id<Device>& device, std::string_view channel, double value, MessageIntake::Answered answered) {
    std::shared_ptr<Polling> polling;
    {
        const std::lock_guard lock(mutex_);
        polling = polling_;
    }
    if (polling && polling->reaches(device)) return polling->order(device, channel, value, std::move(answered));
    const auto sent = messages.command(device, channel, value, clock(), answered);
    if (!sent && answered) answered(false, fill_in(sent.error().message, sent.error().parameters));
}

void Field::carry_commands() {
    std::vector<Id<Device>> devices;
    const Time now = clock();
    const auto read = store_.read([&](Transaction& transaction) -> Result<Done> {
        devices = TRY(devices_with_commands(transaction, now));
        return Done{};
    });
    if (!read) return;
    for (const Id<Device>& device : devices) {
        if (!reaches(device)) continue; // perhaps it asks by HTTP, or another server reaches it
        std::vector<CarriedCommand> due;
        const auto taken = store_.write([&](Transaction& transaction) -> Result<Done> {
            due = TRY(take_commands(transaction, device, now));
            return Done{};
        });
        if (!taken) continue;
        for (const CarriedCommand& command : due)
            write(device, command.key, command.value, [this, command](bool done, std::string what) {
                if (done && !command.last) return; // the next step of the ramp follows
                store_.write(
                    [this, command, done, what](Transaction& transaction) -> Result<Done> {
                        if (done) TRY(command_confirmed(transaction, command.device, command.id, command.value, clock()));
                        else TRY(command_failed(transaction, command.device, command.id, what.substr(0, 300), clock()));
                        return Done{};
                    },
                    [](Result<Done> kept) {
                        if (!kept) log(greenbank::Level::info, "command_carry", fill_in(kept.error().message, kept.error().parameters));
                    });
            });
    }
}

} // namespace greenbank::energy
