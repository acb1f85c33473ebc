#pragma once

#include "core/base/files.h"
#include "core/checkpoint/load_state.h"
#include "core/checkpoint/safetensors_file.h"
#include "tests/core/sam/network_fixtures.h"
#include "tests/support/temporary_folder.h"

#include <filesystem>

namespace finebrush::testing {

/// A checkpoint of a network like LiteMedSAM with few channels and random weights: quick, and good enough to
/// tell light from dark. One for all tests of a process.
inline const std::filesystem::path& smallModel() {
    static const TemporaryFolder folder;
    static const std::filesystem::path file = [] {
        sam::SamDescription description = smallTinyVitDescription();
        description.encoder.inputSize = 256;
        description.decoder.embeddingSize = 64;
        description.decoder.heads = 8;
        const std::vector<uint8_t> bytes = encodeSafetensors(stateOf(*frozenNetwork(description)));
        EXPECT_TRUE(writeFileAtomically(folder / "small.safetensors", bytes));
        return folder / "small.safetensors";
    }();
    return file;
}

}  // namespace finebrush::testing
