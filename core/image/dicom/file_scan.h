#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>

namespace finebrush::dicom {

/// What the first bytes of a file tell before DCMTK parses it.
struct FileScan {
    bool isDicom = false;
    bool isDeflated = false;  ///< the data set is compressed as a whole
    uint64_t dataOffset = 0;  ///< where the data set begins
};

FileScan scanFile(const std::filesystem::path& file);

/// How many items of sequences the file has at most, counted by their marks among its bytes (inflated ones of
/// a deflated data set). Nothing where a deflated data set inflates to more than an image takes. Reads the
/// whole file, without keeping it.
std::optional<uint64_t> countItems(const std::filesystem::path& file, const FileScan& scan);

}  // namespace finebrush::dicom
