// naive_merkle.h — the definitions of RFC 9162 §2.1 as they stand there, over leaf hashes; the tree must agree.
#pragma once

#include "parties/engine/merkle.h"

namespace greenbank::parties {

Hash32 naive_root(Digest digest, std::span<const Hash32> leaves);                          // MTH(D[n])
Proof naive_inclusion(Digest digest, std::span<const Hash32> leaves, std::size_t index);   // PATH(m, D[n])
Proof naive_consistency(Digest digest, std::span<const Hash32> leaves, std::size_t first); // PROOF(m, D[n])

} // namespace greenbank::parties
