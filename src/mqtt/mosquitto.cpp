// mosquitto.cpp — the client by libmosquitto, driven by a loop of our own: the library only queues its acknowledgements while we read,
// and they are written after everything read is kept.
#include "mqtt/mqtt.h"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstring>
#include <deque>
#include <mosquitto.h>
#include <mqtt_protocol.h>
#include <mutex>
#include <netdb.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

namespace greenbank::mqtt {

namespace {

/// The library's connect would wait for minutes on a host that swallows packets; so it is asked only once one is known to listen.
std::string why_unreachable(const Settings& settings) {
    addrinfo wanted{}, *found = nullptr;
    wanted.ai_socktype = SOCK_STREAM;
    if (const int error = getaddrinfo(settings.host.c_str(), std::to_string(settings.port).c_str(), &wanted, &found)) return gai_strerror(error);
    std::string reason = "no address";
    for (const addrinfo* one = found; one && !reason.empty(); one = one->ai_next) {
        const int handle = socket(one->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
        if (handle < 0) continue;
        int error = ::connect(handle, one->ai_addr, one->ai_addrlen) == 0 ? 0 : errno;
        if (error == EINPROGRESS) {
            pollfd ready{handle, POLLOUT, 0};
            socklen_t size = sizeof error;
            if (poll(&ready, 1, settings.connect_seconds_max * 1000) <= 0) error = ETIMEDOUT;
            else getsockopt(handle, SOL_SOCKET, SO_ERROR, &error, &size);
        }
        close(handle);
        reason = error ? std::strerror(error) : "";
    }
    freeaddrinfo(found);
    return reason;
}

class MosquittoClient : public Client {
public:
    MosquittoClient(Settings settings, Deliver deliver, Greeting greeting) :
        settings_(std::move(settings)), deliver_(std::move(deliver)), greeting_(std::move(greeting)), wake_(eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)) {
        static const bool begun = mosquitto_lib_init() == MOSQ_ERR_SUCCESS;
        (void)begun;
        thread_ = std::thread([this] { run(); });
    }

    ~MosquittoClient() override {
        {
            const std::lock_guard lock(mutex_);
            stopping_ = true;
        }
        wake();
        kept_changed_.notify_all();
        thread_.join();
        if (broker_) mosquitto_destroy(broker_);
        close(wake_);
    }

    bool publish(Message message) override {
        {
            const std::lock_guard lock(mutex_);
            if (outgoing_.size() >= settings_.outgoing_max) return ++state_.dropped, false;
            outgoing_.push_back(std::move(message));
        }
        wake();
        return true;
    }

    State state() const override {
        const std::lock_guard lock(mutex_);
        return state_;
    }

private:
    void wake() {
        const std::uint64_t one = 1;
        if (write(wake_, &one, sizeof one) < 0) return; // full: it is awake
    }
    bool stopping() const {
        const std::lock_guard lock(mutex_);
        return stopping_;
    }
    void say(bool connected, std::string reason) {
        const std::lock_guard lock(mutex_);
        state_.connected = connected;
        state_.reason = std::move(reason);
    }
    /// Waits, unless it is to stop.
    void pause(int milliseconds) {
        std::unique_lock lock(mutex_);
        kept_changed_.wait_for(lock, std::chrono::milliseconds(milliseconds), [this] { return stopping_; });
    }

    void make_broker() {
        broker_ = mosquitto_new(settings_.client.c_str(), false, this);
        mosquitto_threaded_set(broker_, true); // whoever sends only queues; loop_write of run() writes
        mosquitto_int_option(broker_, MOSQ_OPT_PROTOCOL_VERSION, MQTT_PROTOCOL_V5);
        mosquitto_int_option(broker_, MOSQ_OPT_RECEIVE_MAXIMUM, settings_.unacknowledged_max);
        mosquitto_int_option(broker_, MOSQ_OPT_TCP_NODELAY, 1);
        if (!settings_.user.empty()) mosquitto_username_pw_set(broker_, settings_.user.c_str(), settings_.password.c_str());
        if (settings_.tls) {
            const auto file = [](const std::string& path) { return path.empty() ? nullptr : path.c_str(); };
            if (settings_.authorities_file.empty()) mosquitto_int_option(broker_, MOSQ_OPT_TLS_USE_OS_CERTS, 1);
            mosquitto_tls_set(broker_, file(settings_.authorities_file), nullptr, file(settings_.certificate_file), file(settings_.key_file), nullptr);
        }
        if (settings_.will)
            mosquitto_will_set(broker_, settings_.will->topic.c_str(), static_cast<int>(settings_.will->payload.size()), settings_.will->payload.data(),
                settings_.will->quality, settings_.will->retained);
        mosquitto_connect_v5_callback_set(
            broker_, [](mosquitto*, void* self, int code, int, const mosquitto_property*) { static_cast<MosquittoClient*>(self)->greeted(code); });
        mosquitto_message_v5_callback_set(broker_, [](mosquitto*, void* self, const mosquitto_message* message, const mosquitto_property*) {
            static_cast<MosquittoClient*>(self)->batch_.push_back({message->topic,
                std::string(static_cast<const char*>(message->payload), static_cast<std::size_t>(message->payloadlen)), message->qos, message->retain});
        });
    }

    void greeted(int code) {
        if (code != 0) {
            refused_ = mosquitto_reason_string(code);
            return;
        }
        for (const Subscription& one : settings_.subscriptions) mosquitto_subscribe(broker_, nullptr, one.filter.c_str(), one.quality);
        if (greeting_)
            for (const Message& message : greeting_()) send(message);
        const std::lock_guard lock(mutex_);
        state_.connected = true;
        state_.reason.clear();
        ++state_.connections;
    }

    void send(const Message& message) {
        const int failed = mosquitto_publish(
            broker_, nullptr, message.topic.c_str(), static_cast<int>(message.payload.size()), message.payload.data(), message.quality, message.retained);
        const std::lock_guard lock(mutex_);
        // Of quality 1 the library keeps what cannot be sent just now.
        const bool taken = !failed || (message.quality > 0 && failed == MOSQ_ERR_NO_CONN);
        ++(taken ? state_.published : state_.dropped);
    }

    void run() {
        make_broker();
        int pause_milliseconds = settings_.pause_milliseconds_least;
        while (!stopping()) {
            std::string reason = why_unreachable(settings_);
            if (reason.empty()) reason = one_connection();
            if (stopping()) return;
            const bool was_connected = state().connected;
            say(false, reason);
            batch_.clear(); // not kept, not acknowledged: the broker sends it again
            if (was_connected) pause_milliseconds = settings_.pause_milliseconds_least;
            pause(pause_milliseconds);
            pause_milliseconds = std::min(pause_milliseconds * 2, settings_.pause_milliseconds_max);
        }
    }

    /// Until it is lost; why.
    std::string one_connection() {
        refused_.clear();
        mosquitto_property* properties = nullptr;
        mosquitto_property_add_int32(&properties, MQTT_PROP_SESSION_EXPIRY_INTERVAL, settings_.session_seconds);
        mosquitto_property_add_int32(&properties, MQTT_PROP_MAXIMUM_PACKET_SIZE, settings_.message_bytes_max);
        int failed = mosquitto_connect_bind_v5(broker_, settings_.host.c_str(), settings_.port, settings_.keep_alive_seconds, nullptr, properties);
        mosquitto_property_free_all(&properties);
        const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(settings_.connect_seconds_max);
        while (!failed && !stopping()) {
            failed = step();
            if (!failed && !refused_.empty()) break;
            if (!failed && !state().connected && std::chrono::steady_clock::now() > deadline) return "the broker does not answer";
        }
        if (stopping() && !failed) {
            if (batch_.empty()) { // else acknowledgements would leave with it
                mosquitto_disconnect_v5(broker_, MQTT_RC_DISCONNECT_WITH_WILL_MSG, nullptr);
                mosquitto_loop_write(broker_, 1);
            }
            return {};
        }
        return refused_.empty() ? mosquitto_strerror(failed) : refused_;
    }

    int step() {
        const int handle = mosquitto_socket(broker_);
        if (handle < 0) return MOSQ_ERR_CONN_LOST;
        pollfd ready[2] = {{handle, static_cast<short>(POLLIN | (mosquitto_want_write(broker_) ? POLLOUT : 0)), 0}, {wake_, POLLIN, 0}};
        if (poll(ready, 2, settings_.tls ? 100 : 1000) < 0 && errno != EINTR) return MOSQ_ERR_ERRNO;
        if (ready[1].revents) {
            std::uint64_t count = 0;
            if (read(wake_, &count, sizeof count) < 0) count = 0;
        }
        if (ready[0].revents & (POLLIN | POLLHUP | POLLERR) || settings_.tls) { // what TLS has decrypted already, poll does not see
            std::size_t before = 0;
            do {
                before = batch_.size();
                if (const int failed = mosquitto_loop_read(broker_, 1)) return failed;
            } while (batch_.size() > before && batch_.size() < settings_.batch_max);
        }
        if (!batch_.empty() && !hand_over()) return MOSQ_ERR_SUCCESS; // to stop, and not to acknowledge
        if (state().connected) send_outgoing();
        if (mosquitto_want_write(broker_))
            if (const int failed = mosquitto_loop_write(broker_, 1)) return failed;
        return mosquitto_loop_misc(broker_);
    }

    void send_outgoing() {
        std::deque<Message> messages;
        {
            const std::lock_guard lock(mutex_);
            messages.swap(outgoing_);
        }
        for (const Message& message : messages) send(message);
    }

    /// Returns once the batch is kept; false where the client is to stop before.
    bool hand_over() {
        const auto count = static_cast<std::int64_t>(batch_.size());
        {
            const std::lock_guard lock(mutex_);
            state_.received += count;
        }
        for (int attempt = 0; !stopping(); ++attempt) {
            struct Kept {
                std::mutex mutex;
                std::condition_variable changed;
                std::optional<bool> kept;
            };
            const auto answer = std::make_shared<Kept>();
            deliver_(batch_, [answer](bool kept) {
                const std::lock_guard lock(answer->mutex);
                answer->kept = kept;
                answer->changed.notify_all();
            });
            std::unique_lock lock(answer->mutex);
            while (!answer->kept)
                if (answer->changed.wait_for(lock, std::chrono::milliseconds(200)) == std::cv_status::timeout && stopping()) return false;
            if (*answer->kept) {
                batch_.clear();
                const std::lock_guard own(mutex_);
                state_.acknowledged += count;
                return true;
            }
            lock.unlock();
            {
                const std::lock_guard own(mutex_);
                state_.repeated += count;
            }
            pause(std::min(50 << std::min(attempt, 6), 2000));
        }
        return false;
    }

    const Settings settings_;
    const Deliver deliver_;
    const Greeting greeting_;
    const int wake_;
    mosquitto* broker_ = nullptr;
    std::vector<Message> batch_;
    std::string refused_;

    mutable std::mutex mutex_;
    std::condition_variable kept_changed_;
    State state_;
    std::deque<Message> outgoing_;
    bool stopping_ = false;
    std::thread thread_;
};

} // namespace

std::unique_ptr<Client> connect(Settings settings, Deliver deliver, Greeting greeting) {
    return std::make_unique<MosquittoClient>(std::move(settings), std::move(deliver), std::move(greeting));
}

} // namespace greenbank::mqtt
