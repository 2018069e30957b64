// tree_head.h — what a log signs: its size and root, as the text of a C2SP checkpoint (c2sp.org/tlog-checkpoint):
//   bank.example/log
//   20852163
//   CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=
//   previous 47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=
// Each head names the hash of the text of the one before, so that heads are a chain of their own.
#pragma once

#include "parties/engine/note.h"

namespace greenbank::parties {

struct TreeHead {
    std::string origin; // the log's name, one line
    std::uint64_t size = 0;
    Hash32 root{};
    std::vector<std::string> extensions; // lines, none empty
    bool operator==(const TreeHead&) const = default;
};

/// The text to sign, with its final newline.
std::string note_text(const TreeHead& head);
Result<TreeHead> parse_tree_head(std::string_view text);

/// The next head after the one with this text.
TreeHead next_head(Digest digest, std::string_view previous_text, std::string origin, std::uint64_t size, const Hash32& root);
/// Does the head name this text as the one before it, and the same log, at most its own size?
bool follows(Digest digest, const TreeHead& head, std::string_view previous_text);

} // namespace greenbank::parties
