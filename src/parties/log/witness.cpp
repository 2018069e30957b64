// witness.cpp — one visit to a log: is its head the next of the one known? Then it is kept, signed and sent back.
#include "parties/log/witness.h"

#include <filesystem>

#include "api/files.h"
#include "api/words.h"
#include "kernel/text.h"
#include "parties/engine/tree_head.h"
#include "parties/log/key_file.h"
#include "parties/log/views.h"
#include "parties/secrets.h"
#include "json/json.h"

namespace greenbank::parties {

Record describe(const WitnessMemory*) {
    return {"witness_memory", "What a witness keeps.",
        {
            field<&WitnessMemory::name>("name", "The witness's name."),
            field<&WitnessMemory::log_key>("log_key", "Key of the log whose heads it signs."),
            field<&WitnessMemory::note>("note", "The last head it signed, as the log signed it."),
        }};
}

namespace {

struct WitnessOptions {
    std::string bank, folder, name, key;
};
Record describe(const WitnessOptions*) {
    return {"log_witness_options", "A log to witness.",
        {
            field<&WitnessOptions::bank>("bank", "The bank's address: https://bank.example.", {.min = 1}),
            field<&WitnessOptions::folder>("folder", "Where the witness keeps its secret key and the last head it signed; made the first time.", {.min = 1}),
            field<&WitnessOptions::name>("name", "Name of a new witness: a domain of yours, without blanks.", {.max = 100, .defaulted = true}),
            field<&WitnessOptions::key>("key",
                "The log's public key as its owner published it; without it the first one seen is believed. Also how a new key of the log is accepted.",
                {.defaulted = true}),
        }};
}

/// Of a problem as the server tells it (RFC 9457).
struct ServerProblem {
    std::string code, detail;
};
Record describe(const ServerProblem*) {
    return {"server_problem", "A refusal.",
        {field<&ServerProblem::code>("code", "Which.", {.defaulted = true}), field<&ServerProblem::detail>("detail", "Why.", {.defaulted = true})}};
}

constexpr JsonOptions of_any_edition{.accept_read_only = true, .stored = true};

Error forked(std::uint64_t known, std::uint64_t now) {
    return {Failure::conflict, "log.forked",
        "The head of {now} records does not go on from the head of {known} records that was signed before: the log tells two stories. Nothing was signed.",
        {{"known", std::to_string(known)}, {"now", std::to_string(now)}}};
}

/// A head of the log with this key, whose signature holds.
struct SignedHead {
    Note note;
    TreeHead head;
};
Result<SignedHead> signed_head(const std::string& text, const std::string& log_key) {
    const NoteKey key = TRY(parse_note_key(sha256, log_key));
    SignedHead read{TRY(parse_note(text)), {}};
    TRY(check_signatures(read.note, sha256, {&key, 1}, verify_signature));
    read.head = TRY(parse_tree_head(read.note.text));
    if (read.head.origin != key.name)
        return Error{Failure::invalid, "log.other_log", "This is a head of {name}, another log than the key is of.", {{"name", read.head.origin}}};
    return read;
}

class Server {
public:
    Server(const Console& console, std::string address) : console_(console), address_(std::move(address)) {
        while (address_.ends_with('/')) address_.pop_back();
    }
    template <class Answer> Result<Answer> get(const std::string& path) const { return from_json<Answer>(TRY(ask("GET", path, "")), of_any_edition); }
    /// The body of a good answer; a refusal keeps the server's code and sentence.
    Result<std::string> ask(const std::string& method, const std::string& path, const std::string& body) const {
        Fetched answer = TRY(console_.ask(method, address_ + "/api/v1" + path, body));
        if (answer.status / 100 == 2) return std::move(answer.body);
        auto problem = from_json<ServerProblem>(answer.body, of_any_edition);
        if (!problem || problem.value().code.empty())
            return Error{Failure::unavailable, "log.no_log_there", "{address} answers with {status}; is it the address of a bank?",
                {{"address", address_}, {"status", std::to_string(answer.status)}}};
        return Error{Failure::unavailable, problem.value().code, problem.value().detail};
    }

private:
    const Console& console_;
    std::string address_;
};

Result<Proof> proof_of(const LogConsistencyView& view) {
    Proof proof;
    for (const std::string& text : view.proof) {
        const auto hash = hash_from_hex(text);
        if (!hash) return Error{Failure::malformed, "log.proof_malformed", "The server's proof is not made of hashes."};
        proof.push_back(*hash);
    }
    return proof;
}

struct Witness {
    std::string path; // of its memory
    WitnessMemory memory;
    std::string seed;
    bool is_new = false;

    NoteKey key() const { return {memory.name, SignatureType::cosignature, ed25519_public_key(seed)}; }
};

Result<Witness> open_witness(const WitnessOptions& options) {
    std::error_code failed;
    std::filesystem::create_directories(options.folder, failed); // what is wrong is said when the key is written
    Witness witness{options.folder + "/witness.json", {}, {}};
    const std::string key_path = options.folder + "/witness.key";
    auto secret = TRY(read_log_key(key_path));
    witness.is_new = !std::filesystem::exists(witness.path);
    if (!witness.is_new) witness.memory = TRY(from_json<WitnessMemory>(TRY(read_file(witness.path)), of_any_edition));
    else witness.memory.name = options.name;
    if (!options.name.empty() && options.name != witness.memory.name)
        return Error{Failure::invalid, "log.witness_name", "The witness in this folder is called {name}; leave --name out, or take another folder.",
            {{"name", witness.memory.name}}};
    if (!is_key_name(witness.memory.name))
        return Error{Failure::invalid, "log.witness_unnamed", "A new witness needs a --name without blanks and plus signs, such as witness.example."};
    if (!secret) {
        // Who has signed with a key and lost it must not go on under the same memory with another one.
        if (!witness.is_new)
            return Error{Failure::not_found, "log.witness_key_lost", "{path} is gone; put it back, or begin anew in another folder.", {{"path", key_path}}};
        secret = TRY(make_log_key(key_path, SignatureType::ed25519));
    }
    witness.seed = secret->seed;
    return witness;
}

Result<Done> keep(const Witness& witness) { return write_file(witness.path, to_json(witness.memory) + "\n"); }

/// Which key the log's heads must be signed with.
Result<Done> settle_log_key(WitnessMemory& memory, const WitnessOptions& options, const LogView& log, const Console& console) {
    if (!options.key.empty()) {
        TRY(parse_note_key(sha256, options.key));
        memory.log_key = options.key;
    } else if (memory.log_key.empty()) {
        memory.log_key = log.key;
        console.aside(sentence("log.witness_believed", "The log's key is believed as the server says it: {key}", {{"key", log.key}}, console.language) + "\n");
    }
    if (memory.log_key != log.key)
        return Error{Failure::conflict, "log.witness_other_key",
            "The log signs with another key than the one known here: {key}. Ask its owner, then say --key with the right one.", {{"key", log.key}}};
    return Done{};
}

Result<int> run_witness(const WitnessOptions& options, Console& console) {
    Witness witness = TRY(open_witness(options));
    const std::string public_key = to_text(sha256, witness.key());
    if (witness.is_new)
        console.out(
            sentence("log.witness_new", "A new witness. Its public key, for the bank's administrator: {key}", {{"key", public_key}}, console.language) + "\n");
    const Server server(console, options.bank);
    const auto log = TRY(server.get<LogView>("/log"));
    TRY(settle_log_key(witness.memory, options, log, console));
    if (!log.head) return Error{Failure::not_found, "log.no_head", "No head of the log has {size} records yet.", {{"size", "1"}}};
    TRY(keep(witness)); // the name and the key it believes

    const LogUnderWitness seen{log.hash, log.head->note, [&](std::uint64_t from, std::uint64_t to) -> Result<Proof> {
                                   return proof_of(
                                       TRY(server.get<LogConsistencyView>("/log/consistency?from=" + std::to_string(from) + "&to=" + std::to_string(to))));
                               }};
    auto text = next_to_witness(witness.memory, seen);
    if (!text && text.error().code == "log.forked") {
        const std::string evidence = options.folder + "/fork-" + std::to_string(console.now.microseconds / 1'000'000) + ".txt";
        TRY(write_file(evidence, witness.memory.note + "\n" + seen.note));
        console.aside(sentence("log.fork_kept", "Both heads are kept as evidence in {path}.", {{"path", evidence}}, console.language) + "\n");
    }
    if (!text) return text.error();

    const SignedHead head = TRY(signed_head(seen.note, witness.memory.log_key));
    // Kept before it is sent: a witness that forgets what it has signed could be led astray.
    witness.memory.note = seen.note;
    TRY(keep(witness));
    Note cosigned{head.note.text, {}};
    cosign(cosigned, sha256, witness.key(), console.now, [&](std::string_view message) { return ed25519_sign(witness.seed, message); });
    JsonWriter body;
    body.begin_object().member("note", to_text(cosigned)).end_object();
    const auto sent = server.ask("POST", "/log/cosignatures", body.take());
    // The same head again: the signature is there, or an earlier visit ended before it was sent.
    if (!sent && sent.error().code == "log.no_witness")
        return Error{Failure::forbidden, "log.witness_unknown",
            "The head holds, but the bank does not know this witness yet; its administrator adds the key: {key}", {{"key", public_key}}};
    if (!sent && sent.error().code != "log.cosigned_already") return sent.error();
    const std::vector<Parameter> facts{{"size", std::to_string(head.head.size)}, {"name", witness.memory.name}};
    console.out((text.value() ? sentence("log.witnessed", "{name} has signed the head of {size} records.", facts, console.language)
                              : sentence("log.witnessed_before", "Nothing new: {name} knows the head of {size} records.", facts, console.language)) +
                "\n");
    return 0;
}

} // namespace

Result<std::optional<std::string>> next_to_witness(const WitnessMemory& memory, const LogUnderWitness& log) {
    const Digest digest = digest_named(log.hash);
    if (!digest) return Error{Failure::invalid, "log.hash_unknown", "A log is made with sha256 or sm3, not {name}.", {{"name", log.hash}}};
    const SignedHead now = TRY(signed_head(log.note, memory.log_key));
    if (memory.note.empty()) return std::optional(now.note.text);
    // Its signature may be of an earlier key of the log; it was checked when it was signed here.
    const TreeHead known = TRY(parse_tree_head(TRY(parse_note(memory.note)).text));
    if (known.origin != now.head.origin)
        return Error{Failure::invalid, "log.other_log", "This is a head of {name}, another log than the key is of.", {{"name", now.head.origin}}};
    if (now.head.size == known.size && now.head.root == known.root) return std::optional<std::string>{};
    if (now.head.size <= known.size) return forked(known.size, now.head.size);
    const Proof proof = TRY(log.prove(known.size, now.head.size));
    if (!verify_consistency(digest, known.size, now.head.size, proof, known.root, now.head.root)) return forked(known.size, now.head.size);
    return std::optional(now.note.text);
}

Command log_witness_command() {
    return command("log", "witness", "Sign the newest head of a bank's log after checking that it goes on from the last one signed.", run_witness);
}

} // namespace greenbank::parties
