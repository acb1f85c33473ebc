#pragma once

#include "core/base/files.h"
#include "core/image/nifti/nifti_header.h"
#include "tests/core/image/nifti/gzip_bytes.h"

#include <gtest/gtest.h>

#include <array>
#include <cstring>
#include <filesystem>
#include <vector>

namespace finebrush::testing {

/// The value of a voxel of `writeNifti`: tells its place.
inline int16_t voxelValue(int i, int j, int k, int frame = 0) {
    return static_cast<int16_t>(i + 10 * j + 100 * k + 1000 * frame);
}

/// A header whose i leads to the patient's left, j to the back and k to the head. `depth` is the way from
/// slice to slice in mm; within them it is 1.
inline nifti::Header niftiHeader(const std::array<int, 3>& size, int datatype, int frames = 1,
                                 float depth = 1) {
    nifti::Header header;
    header.dim = {4, size[0], size[1], size[2], frames, 1, 1, 1};
    header.pixdim = {1, 1, 1, depth, 0, 0, 0, 0};
    header.datatype = datatype;
    header.sformCode = 1;
    header.srow = {{{-1, 0, 0, 0}, {0, -1, 0, 0}, {0, 0, depth, 0}}};
    return header;
}

/// Writes a volume of 16 bits. Compressed where the name says so. The rest is as for `niftiHeader`.
inline void writeNifti(const std::filesystem::path& file, const std::array<int, 3>& size, int frames = 1,
                       float depth = 1) {
    std::vector<uint8_t> bytes = nifti::encodeHeader(niftiHeader(size, 4, frames, depth));
    for (int frame = 0; frame < frames; ++frame) {
        for (int k = 0; k < size[2]; ++k) {
            for (int j = 0; j < size[1]; ++j) {
                for (int i = 0; i < size[0]; ++i) {
                    const int16_t value = voxelValue(i, j, k, frame);
                    uint8_t raw[2];
                    std::memcpy(raw, &value, 2);
                    bytes.insert(bytes.end(), raw, raw + 2);
                }
            }
        }
    }
    const bool isPacked = file.extension() == ".gz";
    ASSERT_TRUE(writeFileAtomically(file, isPacked ? gzip(bytes) : bytes).has_value()) << file;
}

/// Writes a volume of complex numbers of twice 32 bits. Their magnitudes are 0, 5, 10 and so on in the order
/// of the file.
inline void writeComplexNifti(const std::filesystem::path& file, const std::array<int, 3>& size) {
    std::vector<uint8_t> bytes = nifti::encodeHeader(niftiHeader(size, 32));
    for (int voxel = 0; voxel < size[0] * size[1] * size[2]; ++voxel) {
        const auto place = static_cast<float>(voxel);
        const std::array<float, 2> parts = {3 * place, -4 * place};
        uint8_t raw[sizeof parts];
        std::memcpy(raw, parts.data(), sizeof parts);
        bytes.insert(bytes.end(), raw, raw + sizeof parts);
    }
    ASSERT_TRUE(writeFileAtomically(file, bytes).has_value()) << file;
}

}  // namespace finebrush::testing
