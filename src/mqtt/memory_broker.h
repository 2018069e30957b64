// memory_broker.h — a broker in memory with clients of the same face: sessions kept, wills, retained messages, quality 1 until it is
// acknowledged. The twin of a real one in tests; nothing moves but in `pump`.
#pragma once

#include <deque>
#include <map>

#include "mqtt/mqtt.h"

namespace greenbank::mqtt {

class MemoryBroker {
public:
    std::unique_ptr<Client> connect(Settings settings, Deliver deliver, Greeting greeting = {});
    /// As some device would.
    void publish(Message message);
    /// Hands what waits to those connected, again and again until nothing moves or somebody does not keep it; whether nothing waits.
    bool pump();
    /// All connections are lost, wills are said; sessions and what waits for them stay. `reconnect` brings the clients back.
    void lose_connections();
    void reconnect();

private:
    class MemoryClient;
    struct Session {
        std::vector<Subscription> subscriptions;
        std::deque<Message> waiting;
        MemoryClient* client = nullptr;
    };
    void greet(MemoryClient& client);

    std::map<std::string, Session> sessions_;
    std::map<std::string, Message> retained_;
    std::vector<MemoryClient*> clients_;
};

} // namespace greenbank::mqtt
