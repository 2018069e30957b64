// log_key.cpp — reading and making the key's file.
#include "app/log_key.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "api/files.h"
#include "kernel/text.h"
#include "parties/secrets.h"

namespace greenbank::app {

namespace {

Error unwritable(const std::string& path, int reason) {
    return {Failure::unavailable, "log.key_unwritable", "The log's key cannot be kept in {path}: {reason}", {{"path", path}, {"reason", std::strerror(reason)}}};
}

} // namespace

Result<std::optional<std::string>> read_log_key(const std::string& path) {
    if (access(path.c_str(), F_OK) != 0 && errno == ENOENT) return std::optional<std::string>{};
    const std::string text = TRY(read_file(path));
    const auto seed = parties::from_base64(trim(text));
    if (!seed || seed->size() != 32)
        return Error{Failure::invalid, "log.key_file", "{path} is not the key of a log; put the right file back, or name another one in the setting log_key.",
            {{"path", path}}};
    return seed;
}

Result<std::string> make_log_key(const std::string& path) {
    const std::string seed = parties::random_seed(), line = parties::to_base64(seed) + "\n";
    const std::string beside = path + "." + std::to_string(getpid());
    const int file = ::open(beside.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (file < 0) return unwritable(path, errno);
    const bool written = ::write(file, line.data(), line.size()) == static_cast<ssize_t>(line.size()) && ::fsync(file) == 0;
    const int reason = errno;
    ::close(file);
    // A link never replaces what is there.
    const bool ours = written && ::link(beside.c_str(), path.c_str()) == 0;
    const int link_reason = errno;
    ::unlink(beside.c_str());
    if (!written) return unwritable(path, reason);
    if (ours) return seed;
    if (link_reason != EEXIST) return unwritable(path, link_reason);
    auto theirs = TRY(read_log_key(path));
    return theirs ? std::move(*theirs) : Result<std::string>(unwritable(path, ENOENT));
}

} // namespace greenbank::app
