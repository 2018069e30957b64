// mosquitto_under_test.h — a mosquitto of a test's own, which can be restarted and ends with it.
#pragma once

#include <arpa/inet.h>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <sys/socket.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

#include "mqtt/mqtt.h"

namespace greenbank::mqtt {

inline std::uint16_t free_port() {
    const int handle = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    bind(handle, reinterpret_cast<sockaddr*>(&address), size);
    getsockname(handle, reinterpret_cast<sockaddr*>(&address), &size);
    close(handle);
    return ntohs(address.sin_port);
}

struct MosquittoUnderTest {
    std::uint16_t port = free_port();
    std::string folder;
    pid_t process = -1;

    explicit MosquittoUnderTest(const std::string& more = {}, bool anonymous = true) {
        char name[] = "/tmp/mosquitto_XXXXXX";
        folder = mkdtemp(name);
        std::ofstream(folder + "/conf") << "listener " << port << " 127.0.0.1\nallow_anonymous " << (anonymous ? "true" : "false")
                                        << "\npersistence true\npersistence_location " << folder << "/\nmax_queued_messages 0\nlog_dest none\nuser root\n"
                                        << more << "\n";
        start();
    }
    ~MosquittoUnderTest() {
        stop();
        std::filesystem::remove_all(folder);
    }
    void start() {
        process = fork();
        if (process == 0) {
            if (!std::freopen("/dev/null", "w", stderr)) _exit(126);
            execl("/usr/sbin/mosquitto", "mosquitto", "-c", (folder + "/conf").c_str(), nullptr);
            _exit(127);
        }
    }
    void stop() {
        if (process <= 0) return;
        kill(process, SIGTERM);
        kill(process, SIGCONT);
        waitpid(process, nullptr, 0);
        process = -1;
    }
    /// Its connections stand, and nobody answers on them.
    void freeze() { kill(process, SIGSTOP); }
    void thaw() { kill(process, SIGCONT); }
    void restart() {
        stop();
        start();
    }

    /// A file with one user, as mosquitto_passwd writes it.
    static std::string password_file(const std::string& user, const std::string& password) {
        char name[] = "/tmp/mosquitto_password_XXXXXX";
        close(mkstemp(name));
        if (std::system(("mosquitto_passwd -b -c " + std::string(name) + " " + user + " '" + password + "' 2>/dev/null").c_str()) != 0) return {};
        return name;
    }
};

} // namespace greenbank::mqtt
