// files.cpp — the embedded page: one table by path, one twin for each encoding.
#include "http/files.h"

#include <fmt/format.h>

#include "http/compress.h"
#include "kernel/text.h"

namespace greenbank::http {

namespace {

constexpr std::pair<std::string_view, std::string_view> types[] = {
    {".html", "text/html; charset=utf-8"},
    {".js", "text/javascript; charset=utf-8"},
    {".mjs", "text/javascript; charset=utf-8"},
    {".css", "text/css; charset=utf-8"},
    {".json", "application/json"},
    {".map", "application/json"},
    {".webmanifest", "application/manifest+json"},
    {".svg", "image/svg+xml"},
    {".png", "image/png"},
    {".jpg", "image/jpeg"},
    {".webp", "image/webp"},
    {".ico", "image/x-icon"},
    {".woff2", "font/woff2"},
    {".txt", "text/plain; charset=utf-8"},
    {".csv", "text/csv; charset=utf-8"},
    {".pdf", "application/pdf"},
    {".wasm", "application/wasm"},
};

std::string_view type_of(std::string_view path) {
    for (const auto& [ending, type] : types)
        if (path.ends_with(ending)) return type;
    return "application/octet-stream";
}

/// FNV-1a, 64 bits (Fowler, Noll, Vo): a validator, not a seal.
std::string hash_of(std::string_view bytes) {
    std::uint64_t hash = 0xcbf29ce484222325;
    for (const char c : bytes) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
    return fmt::format("{:016x}", hash);
}

/// If-None-Match: a list of quoted tags, weak ones too, or *.
bool names_tag(std::string_view list, std::string_view tag) {
    for (std::string_view item : split(list, ',')) {
        item = trim(item);
        if (item == "*") return true;
        if (item.starts_with("W/")) item.remove_prefix(2);
        if (item.size() >= 2 && item.substr(1, item.size() - 2) == tag) return true;
    }
    return false;
}

/// The path of a target, escapes decoded; the server has checked that they are whole.
std::string path_of(std::string_view target) {
    const std::string_view encoded = target.substr(0, target.find('?'));
    const auto digit = [](char c) { return c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10; };
    std::string path;
    for (std::size_t i = 0; i < encoded.size(); ++i) {
        if (encoded[i] != '%' || i + 2 >= encoded.size()) {
            path += encoded[i];
            continue;
        }
        path += static_cast<char>(digit(encoded[i + 1]) * 16 + digit(encoded[i + 2]));
        i += 2;
    }
    return path;
}

const Error not_found{Failure::not_found, "file.not_found", "There is no such page or file."};
const Error only_reading{Failure::method_refused, "file.read_only", "Pages and files can only be read."};

} // namespace

Files::Files(std::span<const EmbeddedFile> files, std::string strip_prefix) {
    for (const EmbeddedFile& file : files) {
        std::string_view path = file.path ? file.path : "";
        if (path.empty() || !path.starts_with(strip_prefix)) continue;
        path.remove_prefix(strip_prefix.size());
        while (path.starts_with('/')) path.remove_prefix(1);
        std::string_view File::*form = &File::plain;
        if (path.ends_with(".br")) form = &File::brotli;
        if (path.ends_with(".gz")) form = &File::gzip;
        if (form != &File::plain) path.remove_suffix(3);
        files_["/" + std::string(path)].*form = file.bytes();
    }
    std::erase_if(files_, [](const auto& entry) { return !entry.second.plain.data(); });
    for (auto& [path, file] : files_) {
        file.type = type_of(path);
        file.tag = hash_of(file.plain);
        file.immutable = path.starts_with("/assets/"); // the build puts a hash into these names
    }
}

std::optional<Response> Files::answer(const Incoming& incoming) const {
    const std::string path = path_of(incoming.target);
    if (path == "/api" || path.starts_with("/api/")) return {};
    const Language language = accept_language(incoming.accept_language);
    if (incoming.method != "GET") {
        Response response = problem_response(only_reading, language);
        response.headers.push_back({"Allow", "GET, HEAD"});
        return response;
    }
    auto found = files_.find(path);
    if (found == files_.end() && path.find('.') == std::string::npos) found = files_.find("/index.html");
    if (found == files_.end()) return problem_response(not_found, language);
    return send(found->second, incoming);
}

Response Files::send(const File& file, const Incoming& incoming) const {
    Response response{.content_type = std::string(file.type)};
    std::string_view body = file.plain;
    std::string_view coding;
    if (!file.brotli.empty() && accepts_coding(incoming.accept_encoding, "br")) coding = "br", body = file.brotli;
    else if (!file.gzip.empty() && accepts_coding(incoming.accept_encoding, "gzip")) coding = "gzip", body = file.gzip;

    const std::string tag = coding.empty() ? file.tag : file.tag + "-" + std::string(coding); // other bytes, other tag
    response.headers = {{"ETag", "\"" + tag + "\""}, {"Cache-Control", file.immutable ? "public, max-age=31536000, immutable" : "no-cache"}};
    if (!file.brotli.empty() || !file.gzip.empty()) response.headers.push_back({"Vary", "Accept-Encoding"});
    if (names_tag(incoming.if_none_match, tag)) {
        response.status = 304;
        return response;
    }
    if (!coding.empty()) response.headers.push_back({"Content-Encoding", std::string(coding)});
    response.body = body;
    return response;
}

} // namespace greenbank::http
