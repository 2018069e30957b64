// kept_files.cpp — receiving a file part by part, sending it, spooling it.
#include "api/kept_files.h"

#include <filesystem>
#include <fstream>
#include <memory>

#include <fmt/format.h>

#include "api/call.h"

namespace greenbank {

Record describe(const KeptFile*) {
    return {"kept_file", "A file that a person sent or a job made.",
        {
            field<&KeptFile::id>("id", "Id.", {.read_only = true}),
            field<&KeptFile::name>("name", "What it is called.", {.min = 1, .max = 255}),
            field<&KeptFile::content_type>("content_type", "Its media type.", {.max = 200, .defaulted = true}),
            field<&KeptFile::bytes>("bytes", "How large it is.", {.unit = "byte", .min = 1, .max = static_cast<double>(kept_file_bytes_max)}),
            field<&KeptFile::received>("received", "How much of it is here.", {.unit = "byte", .read_only = true}),
            field<&KeptFile::created_by>("created_by", "Whose it is.", {.read_only = true}),
            field<&KeptFile::organisation>("organisation", "For which organisation.", {.read_only = true}),
            field<&KeptFile::created_at>("created_at", "Since when it is here.", {.read_only = true}),
            field<&KeptFile::expires_at>("expires_at", "When it is thrown away.", {.read_only = true}),
        }};
}

namespace {

struct FileKey {
    Id<KeptFile> id;
};
Record describe(const FileKey*) { return {"file_key", "Names a file.", {field<&FileKey::id>("id", "Its id.")}}; }

struct FilePart {
    Id<KeptFile> id;
    std::int64_t number = 0;
};
Record describe(const FilePart*) {
    return {"file_part", "Names a part of a file.",
        {field<&FilePart::id>("id", "The file's id."), field<&FilePart::number>("number", "Which part, from 0.", {.min = 0, .max = 100'000})}};
}

Result<KeptFile> own(Transaction& transaction, const Caller& caller, const Id<KeptFile>& id) {
    KeptFile file = TRY(transaction.get(id));
    if (file.created_by != caller.actor.person) return not_found(record_of<KeptFile>(), id.text);
    return file;
}

Result<Reply<KeptFile>> file_create(Transaction& transaction, const Caller& caller, const KeptFile& draft) {
    KeptFile file = draft;
    file.id = caller.new_id<KeptFile>();
    if (file.content_type.empty()) file.content_type = "application/octet-stream";
    file.created_by = caller.actor.person;
    file.organisation = caller.actor.organisation;
    file.created_at = caller.now;
    file.expires_at = caller.now + kept_file_life;
    TRY(transaction.insert(file));
    return Reply<KeptFile>{.body = std::move(file), .status = 201};
}

std::int64_t part_size(const KeptFile& file, std::int64_t number) {
    return std::clamp<std::int64_t>(file.bytes - number * kept_file_part_bytes, 0, kept_file_part_bytes);
}

Result<Done> put_part(Transaction& transaction, KeptFile& file, std::int64_t number, std::string_view bytes) {
    const Rows kept = TRY(transaction.query("SELECT number FROM kept_file_part WHERE file = $1 AND number = $2", {file.id.text, number}));
    TRY(transaction.execute("INSERT INTO kept_file_part (file, number, data) VALUES ($1, $2, $3) ON CONFLICT (file, number) DO UPDATE SET data = excluded.data",
        {file.id.text, number, to_base64url(bytes)}));
    if (!kept.empty()) return Done{};
    file.received += static_cast<std::int64_t>(bytes.size());
    TRY(transaction.execute("UPDATE kept_file SET received = received + $1 WHERE id = $2", {static_cast<std::int64_t>(bytes.size()), file.id.text}));
    return Done{};
}

Result<KeptFile> file_part_put(Transaction& transaction, const Caller& caller, const Bytes<FilePart>& part) {
    KeptFile file = TRY(own(transaction, caller, part.fields.id));
    const std::int64_t expected = part_size(file, part.fields.number);
    if (expected == 0 || static_cast<std::int64_t>(part.body.size()) != expected)
        return invalid({{"number", "file.part_size", "This part must have {bytes} bytes.", {{"bytes", std::to_string(expected)}}}});
    TRY(put_part(transaction, file, part.fields.number, part.body));
    return file;
}

Result<KeptFile> file_get(Transaction& transaction, const Caller& caller, const FileKey& key) { return own(transaction, caller, key.id); }

Result<Done> file_delete(Transaction& transaction, const Caller& caller, const FileKey& key) {
    TRY(own(transaction, caller, key.id));
    return transaction.erase(key.id);
}

Result<std::string> read_part(Transaction& transaction, const Id<KeptFile>& id, std::int64_t number) {
    const Rows part = TRY(transaction.query("SELECT data FROM kept_file_part WHERE file = $1 AND number = $2", {id.text, number}));
    auto bytes = part.empty() ? std::nullopt : from_base64url(as_text(part.single()));
    if (!bytes) return not_found(record_of<KeptFile>(), id.text);
    return std::move(*bytes);
}

/// A name that is no path and no header of its own, for any browser (RFC 6266, RFC 8187).
std::string disposition(std::string_view name) {
    std::string plain, encoded;
    for (const char c : name) {
        const auto byte = static_cast<unsigned char>(c);
        const bool safe = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '.' || c == '-' || c == '_';
        plain += safe ? c : '_';
        encoded += safe ? std::string(1, c) : fmt::format("%{:02X}", byte);
    }
    return fmt::format("attachment; filename=\"{}\"; filename*=UTF-8''{}", plain, encoded);
}

Result<Response> file_content(Store& store, const Caller& caller, const FileKey& key) {
    KeptFile file;
    TRY(store.read([&](Transaction& transaction) -> Result<Done> { return file = TRY(own_file(transaction, caller, key.id)), Done{}; }));
    Response response{.content_type = file.content_type, .headers = {{"Content-Disposition", disposition(file.name)}}};
    response.stream = [&store, file, number = std::int64_t{0}]() mutable -> std::optional<std::string> {
        if (part_size(file, number) == 0) return {};
        std::string bytes;
        auto read = store.read([&](Transaction& transaction) -> Result<Done> { return bytes = TRY(read_part(transaction, file.id, number)), Done{}; });
        if (!read) return {};
        ++number;
        return bytes;
    };
    return response;
}

} // namespace

Result<KeptFile> own_file(Transaction& transaction, const Caller& caller, const Id<KeptFile>& id) {
    KeptFile file = TRY(own(transaction, caller, id));
    if (!file.is_complete()) return Error{Failure::conflict, "file.incomplete", "The file has not come in whole yet; send the parts that are missing."};
    return file;
}

Result<Done> keep_for_ever(Transaction& transaction, const Id<KeptFile>& id) {
    constexpr std::int64_t far = 9'000'000'000'000'000; // microseconds: in the year 2255
    TRY(transaction.execute("UPDATE kept_file SET expires_at = $1 WHERE id = $2", {far, id.text}));
    return Done{};
}

Result<Done> spool_file(Store& store, const Id<KeptFile>& id, const std::string& path) {
    KeptFile file;
    TRY(store.read([&](Transaction& transaction) -> Result<Done> { return file = TRY(transaction.get(id)), Done{}; }));
    std::ofstream out(path, std::ios::binary | std::ios::trunc);
    for (std::int64_t number = 0; part_size(file, number) > 0; ++number)
        TRY(store.read([&](Transaction& transaction) -> Result<Done> {
            const std::string bytes = TRY(read_part(transaction, id, number));
            out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
            return Done{};
        }));
    out.flush();
    if (!out) return Error{Failure::storage_full, "file.unwritable", "The file {path} cannot be written.", {{"path", path}}};
    return Done{};
}

Result<KeptFile> keep_file(Store& store, const Caller& caller, const std::string& path, std::string name, std::string content_type) {
    std::error_code error;
    const auto size = std::filesystem::file_size(path, error);
    std::ifstream in(path, std::ios::binary);
    if (error || !in || size == 0) return Error{Failure::not_found, "file.unreadable", "The file {path} cannot be read.", {{"path", path}}};
    KeptFile file{.name = std::move(name), .content_type = std::move(content_type), .bytes = static_cast<std::int64_t>(size)};
    TRY(store.write([&](Transaction& transaction) -> Result<Done> { return file = TRY(file_create(transaction, caller, file)).body, Done{}; }));
    std::string bytes;
    for (std::int64_t number = 0; part_size(file, number) > 0; ++number) {
        bytes.resize(static_cast<std::size_t>(part_size(file, number)));
        if (!in.read(bytes.data(), static_cast<std::streamsize>(bytes.size())))
            return Error{Failure::not_found, "file.unreadable", "The file {path} cannot be read.", {{"path", path}}};
        KeptFile grown;
        TRY(store.write([&](Transaction& transaction) -> Result<Done> {
            grown = file; // the work may run again
            return put_part(transaction, grown, number, bytes);
        }));
        file = grown;
    }
    return file;
}

Response inline_pdf(std::string pdf, std::string_view name) {
    return {.content_type = "application/pdf", .body = std::move(pdf), .headers = {{"Content-Disposition", fmt::format("inline; filename=\"{}.pdf\"", name)}}};
}

Response file_response(const std::string& path, std::string_view name, std::string_view content_type) {
    struct Open {
        std::ifstream in;
        std::string path;
        ~Open() { std::remove(path.c_str()); }
    };
    const std::shared_ptr<Open> open(new Open{std::ifstream(path, std::ios::binary), path}); // clang 14 makes no aggregate of parentheses
    Response response{.content_type = std::string(content_type), .headers = {{"Content-Disposition", disposition(name)}}};
    response.stream = [open]() -> std::optional<std::string> {
        std::string bytes(static_cast<std::size_t>(kept_file_part_bytes), '\0');
        open->in.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
        bytes.resize(static_cast<std::size_t>(open->in.gcount()));
        return bytes.empty() ? std::nullopt : std::optional(std::move(bytes));
    };
    return response;
}

std::vector<Endpoint> kept_file_endpoints() {
    return {
        // clang-format off
        {"file_create", Method::post, "/files", "Announce a file; its parts of 512 KiB follow.", Mode::write, signed_in, call(file_create)},
        {"file_part_put", Method::post, "/files/{id}/parts/{number}", "Send one part; sending it again does no harm.", Mode::write, signed_in, call(file_part_put)},
        {"file_get", Method::get, "/files/{id}", "A file of one's own and how much of it is here.", Mode::read, signed_in, call(file_get)},
        {"file_content", Method::get, "/files/{id}/content", "The file itself.", Mode::compute, signed_in, as_file("application/octet-stream", call(file_content))},
        {"file_delete", Method::remove, "/files/{id}", "Throw a file away.", Mode::write, signed_in, call(file_delete)},
        // clang-format on
    };
}

} // namespace greenbank
