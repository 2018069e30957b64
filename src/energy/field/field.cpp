// field.cpp — the field of one server.
#include "energy/field/field.h"

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

Result<Done> Field::write(const Id<Device>& device, std::string_view channel, double value, MessageIntake::Answered answered) {
    std::shared_ptr<Polling> polling;
    {
        const std::lock_guard lock(mutex_);
        polling = polling_;
    }
    if (polling) {
        const auto states = polling->states();
        if (std::any_of(states.begin(), states.end(), [&](const PolledDevice& one) { return one.device == device.text; })) {
            TRY(polling->write(device, channel, value));
            if (answered) answered(true, "written");
            return Done{};
        }
    }
    return messages.command(device, channel, value, clock(), std::move(answered));
}

} // namespace greenbank::energy
