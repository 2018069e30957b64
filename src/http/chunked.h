// The chunked body, read strictly: CR LF only, no chunk extensions, no other way to say where it ends. Pure.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace greenbank::http {

class ChunkedBody {
public:
    enum State { more, done, malformed, too_large };

    /// Takes what belongs to the body from `bytes`, appends data to `body`; returns how many bytes it took.
    std::size_t take(std::string_view bytes, std::string& body, std::size_t body_max);
    State state() const { return state_; }

    static constexpr std::size_t trailer_bytes_max = 4096;

private:
    enum class Part { size, size_line_feed, data, data_return, data_line_feed, trailer };

    void take_size(char c, std::size_t body_bytes, std::size_t body_max);
    void take_trailer(char c);

    State state_ = more;
    Part part_ = Part::size;
    int digits_ = 0;
    std::size_t left_ = 0; // of this chunk
    std::string trailer_line_;
    std::size_t trailer_bytes_ = 0;
};

} // namespace greenbank::http
