// memory_broker.cpp — the broker in memory.
#include "mqtt/memory_broker.h"

#include <algorithm>

namespace greenbank::mqtt {

class MemoryBroker::MemoryClient : public Client {
public:
    MemoryClient(MemoryBroker& its_broker, Settings its_settings, Deliver deliver_to, Greeting greets) :
        broker(its_broker), settings(std::move(its_settings)), deliver(std::move(deliver_to)), greeting(std::move(greets)) {}
    ~MemoryClient() override {
        std::erase(broker.clients_, this);
        if (auto& session = broker.sessions_[settings.client]; session.client == this) session.client = nullptr;
    }
    bool publish(Message message) override {
        if (outgoing.size() >= settings.outgoing_max) return ++counts.dropped, false;
        outgoing.push_back(std::move(message));
        return true;
    }
    State state() const override { return counts; }

    MemoryBroker& broker;
    const Settings settings;
    const Deliver deliver;
    const Greeting greeting;
    State counts;
    std::deque<Message> outgoing;
};

std::unique_ptr<Client> MemoryBroker::connect(Settings settings, Deliver deliver, Greeting greeting) {
    auto client = std::make_unique<MemoryClient>(*this, std::move(settings), std::move(deliver), std::move(greeting));
    clients_.push_back(client.get());
    greet(*client);
    return client;
}

void MemoryBroker::greet(MemoryClient& client) {
    Session& session = sessions_[client.settings.client];
    session.client = &client;
    session.subscriptions = client.settings.subscriptions;
    client.counts.connected = true;
    ++client.counts.connections;
    for (const auto& [topic, message] : retained_)
        if (std::any_of(session.subscriptions.begin(), session.subscriptions.end(), [&](const Subscription& one) { return matches(one.filter, topic); }))
            session.waiting.push_back(message);
    if (client.greeting)
        for (Message& message : client.greeting()) publish(std::move(message));
}

void MemoryBroker::publish(Message message) {
    if (message.retained) {
        if (message.payload.empty()) retained_.erase(message.topic);
        else retained_[message.topic] = message;
    }
    for (auto& [name, session] : sessions_) {
        int quality = -1;
        for (const Subscription& one : session.subscriptions)
            if (matches(one.filter, message.topic)) quality = std::max(quality, std::min(one.quality, message.quality));
        if (quality < 0 || (quality == 0 && !session.client)) continue;
        session.waiting.push_back({message.topic, message.payload, quality, false});
    }
}

bool MemoryBroker::pump() {
    for (bool moved = true; moved;) {
        moved = false;
        for (MemoryClient* client : clients_) {
            if (!client->counts.connected) continue;
            while (!client->outgoing.empty()) {
                publish(std::move(client->outgoing.front()));
                client->outgoing.pop_front();
                ++client->counts.published;
                moved = true;
            }
        }
        for (auto& [name, session] : sessions_) {
            MemoryClient* const client = session.client;
            if (!client || !client->counts.connected || session.waiting.empty()) continue;
            const std::size_t count = std::min(session.waiting.size(), client->settings.batch_max);
            bool kept = false;
            client->counts.received += static_cast<std::int64_t>(count);
            client->deliver({session.waiting.begin(), session.waiting.begin() + static_cast<std::ptrdiff_t>(count)}, [&](bool is) { kept = is; });
            if (!kept) {
                client->counts.repeated += static_cast<std::int64_t>(count);
                return false;
            }
            client->counts.acknowledged += static_cast<std::int64_t>(count);
            session.waiting.erase(session.waiting.begin(), session.waiting.begin() + static_cast<std::ptrdiff_t>(count));
            moved = true;
        }
    }
    return true;
}

void MemoryBroker::lose_connections() {
    for (MemoryClient* client : clients_) {
        if (!client->counts.connected) continue;
        client->counts.connected = false;
        Session& session = sessions_[client->settings.client];
        std::erase_if(session.waiting, [](const Message& message) { return message.quality == 0; });
        session.client = nullptr;
    }
    for (MemoryClient* client : clients_)
        if (client->settings.will) publish(*client->settings.will);
}

void MemoryBroker::reconnect() {
    for (MemoryClient* client : clients_)
        if (!client->counts.connected) greet(*client);
}

} // namespace greenbank::mqtt
