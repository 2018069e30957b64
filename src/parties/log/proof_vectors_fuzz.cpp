// proof_vectors_fuzz.cpp — any bytes as a vector: an answer or an error, never a crash.
#include "parties/log/proof_vectors.h"

using namespace greenbank;

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* bytes, std::size_t size) {
    const auto good = parties::check_vector({reinterpret_cast<const char*>(bytes), size});
    if (!good) require(!good.error().message.empty(), "an error must say what is wrong");
    return 0;
}
