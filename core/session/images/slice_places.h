#pragma once

#include "core/image/volume/volume_source.h"
#include "core/project/project_contents.h"

#include <filesystem>
#include <map>
#include <optional>
#include <vector>

namespace finebrush {

/// Finds slices of DICOM series again: once more files of a series have come, a slice has others before it,
/// and a file that was alone is a slice, while labels stay with the picture that they were painted on. So do
/// those of a TIFF that was the picture of its first page. The fingerprint of a slice is that of its own
/// file. Reads files; one thread.
class SlicePlaces {
  public:
    /// The record with the place that its slice has by now; as it is where that is not known, and for what
    /// is of no series.
    ImageRecord now(ImageRecord record);
    /// How many slices the volume in a file has in its usual view; 0 where it holds none.
    int slicesIn(const std::filesystem::path& file);

  private:
    /// A series, or the pages of a TIFF, as it is by now, with what is known of its files.
    struct Series {
        VolumeSource source;
        std::vector<std::optional<FileFingerprint>> fingerprints;

        bool isOf(size_t place, const FileFingerprint& fingerprint);
        /// The file with a fingerprint; the end where there is none.
        size_t find(const FileFingerprint& fingerprint);
        size_t placeOf(const std::filesystem::path& file) const;
        /// Nothing where the slice is not found.
        std::optional<SliceAddress> placeNow(const ImageRecord& record);
    };

    std::optional<Series>& seriesAt(const std::filesystem::path& file);

    std::map<std::filesystem::path, std::optional<Series>> series_;  ///< by the path in records
};

}  // namespace finebrush
