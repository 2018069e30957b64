// compress.cpp — gzip of answers, by zlib.
#include "http/compress.h"

#include <zlib.h>

#include <algorithm>
#include <cstdlib>

#include "http/head.h"
#include "kernel/text.h"

namespace greenbank::http {

namespace {

constexpr std::size_t body_bytes_min = 1024;
constexpr int level = 4; // on JSON an eighth smaller than level 1, at twice its time: a visitor waits for the wire, not for us

/// One deflate state per thread: making it costs more than compressing a page of JSON.
class Deflater {
public:
    Deflater() { ready_ = deflateInit2(&stream_, level, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) == Z_OK; }
    ~Deflater() {
        if (ready_) deflateEnd(&stream_);
    }
    Deflater(const Deflater&) = delete;
    Deflater& operator=(const Deflater&) = delete;

    /// Empty if it would not become smaller.
    std::string run(std::string& bytes) {
        if (!ready_ || deflateReset(&stream_) != Z_OK) return {};
        std::string out(bytes.size(), '\0');
        stream_.next_in = reinterpret_cast<Bytef*>(bytes.data());
        stream_.avail_in = static_cast<uInt>(bytes.size());
        stream_.next_out = reinterpret_cast<Bytef*>(out.data());
        stream_.avail_out = static_cast<uInt>(out.size());
        if (deflate(&stream_, Z_FINISH) != Z_STREAM_END) return {};
        out.resize(out.size() - stream_.avail_out);
        return out;
    }

private:
    z_stream stream_ = {};
    bool ready_ = false;
};

} // namespace

bool accepts_coding(std::string_view accept_encoding, std::string_view coding) {
    bool any = false;
    while (!accept_encoding.empty()) {
        const auto comma = accept_encoding.find(',');
        const std::string_view item = accept_encoding.substr(0, comma);
        accept_encoding.remove_prefix(comma == std::string_view::npos ? accept_encoding.size() : comma + 1);
        const auto semicolon = item.find(';');
        const std::string_view name = trim(item.substr(0, semicolon));
        double weight = 1;
        if (semicolon != std::string_view::npos) {
            const std::string_view parameter = trim(item.substr(semicolon + 1));
            if (parameter.starts_with("q=") || parameter.starts_with("Q=")) weight = std::atof(std::string(parameter.substr(2)).c_str());
        }
        if (has_word(name, coding)) return weight > 0;
        if (name == "*") any = weight > 0;
    }
    return any;
}

bool is_compressible(const Response& response) {
    if (response.body.size() <= body_bytes_min || response.stream) return false;
    const std::string_view type = std::string_view(response.content_type).substr(0, response.content_type.find(';'));
    if (!type.starts_with("text/") && type != "application/json" && !type.ends_with("+json") && !type.ends_with("+xml")) return false;
    return std::none_of(response.headers.begin(), response.headers.end(), [](const Header& header) { return has_word(header.name, "content-encoding"); });
}

void compress(Response& response) {
    if (response.body.size() > std::size_t{1} << 30) return;
    thread_local Deflater deflater;
    std::string smaller = deflater.run(response.body);
    if (smaller.empty()) return;
    response.body = std::move(smaller);
    response.headers.push_back({"Content-Encoding", "gzip"});
}

} // namespace greenbank::http
