// proof_vectors.h — proofs out of files, without a server: `greenbank log check --in vector.json`.
#pragma once

#include "api/command.h"

namespace greenbank::parties {

/// One test vector of transparency-dev/merkle, of an inclusion proof (leafIdx, treeSize, root, leafHash, proof) or a
/// consistency proof (size1, size2, root1, root2, proof): is the proof good? What a vector says it wants is not looked at.
/// An error where the text is no vector at all.
Result<bool> check_vector(std::string_view json);

/// `greenbank log check`: exit status 0 where the proof is good, 1 where it is not.
Command log_check_command();

} // namespace greenbank::parties
