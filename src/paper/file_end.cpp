// file_end.cpp — finds the catalogue in the stream and writes it again with two more entries.
#include "paper/file_end.h"

#include <fmt/format.h>

#include <charconv>

namespace greenbank::paper {

namespace {

constexpr std::string_view mark = "/Type /Catalog";
constexpr std::size_t lead = 64; // bytes before the mark that hold "N 0 obj\n<< "

/// The number after the last `key` of `text`.
std::optional<std::size_t> number_after(std::string_view text, std::string_view key) {
    const std::size_t at = text.rfind(key);
    if (at == std::string_view::npos) return {};
    std::string_view rest = text.substr(at + key.size());
    rest.remove_prefix(std::min(rest.find_first_not_of(" \r\n"), rest.size()));
    std::size_t value = 0;
    if (std::from_chars(rest.data(), rest.data() + rest.size(), value).ec != std::errc()) return {};
    return value;
}

} // namespace

void FileEnd::pass(std::string_view bytes) {
    passed_ += bytes.size();
    const std::size_t searched = tail_.size() < mark.size() ? 0 : tail_.size() - mark.size();
    tail_ += bytes;
    // Compressed bytes may look like the mark by chance; the catalogue is the last one.
    std::size_t last = std::string::npos;
    for (std::size_t at = tail_.find(mark, searched); at != std::string::npos; at = tail_.find(mark, at + 1)) last = at;
    if (last != std::string::npos) {
        found_ = true;
        if (last > lead) tail_.erase(0, last - lead);
    } else if (!found_ && tail_.size() > 2 * lead) {
        tail_.erase(0, tail_.size() - 2 * lead);
    }
}

std::optional<std::string> FileEnd::update(std::string_view language) const {
    const std::size_t at = tail_.rfind(mark);
    if (!found_ || at == std::string::npos) return {};
    const std::size_t object = tail_.rfind(" 0 obj", at), end = tail_.find("endobj", at);
    if (object == std::string::npos || end == std::string::npos) return {};
    std::size_t digits = object;
    while (digits > 0 && tail_[digits - 1] >= '0' && tail_[digits - 1] <= '9') --digits;
    const std::string number = tail_.substr(digits, object - digits);
    const std::size_t close = tail_.rfind(">>", end);
    const auto size = number_after(tail_, "/Size"), info = number_after(tail_, "/Info"), previous = number_after(tail_, "startxref");
    if (number.empty() || close == std::string::npos || close < at || !size || !info || !previous) return {};
    const std::string catalogue = fmt::format("{} 0 obj\n{}/Lang ({})\n   /ViewerPreferences << /DisplayDocTitle true >>\n>>\nendobj\n", number,
        tail_.substr(object + 7, close - object - 7), language);
    return fmt::format("{}xref\n{} 1\n{:010} 00000 n \ntrailer\n<< /Size {}\n   /Root {} 0 R\n   /Info {} 0 R\n   /Prev {}\n>>\nstartxref\n{}\n%%EOF\n",
        catalogue, number, passed_, *size, number, *info, *previous, passed_ + catalogue.size());
}

} // namespace greenbank::paper
