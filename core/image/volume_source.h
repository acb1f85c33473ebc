#pragma once

#include "core/base/result.h"
#include "core/image/dicom/slice_stack.h"
#include "core/image/volume.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <vector>

namespace finebrush {

/// Where a volume comes from: a NIfTI file, a DICOM file, or the files of a DICOM series. The one place that
/// knows which formats hold volumes.
class VolumeSource {
  public:
    /// Nothing for what holds no volume or is not there. A folder stands for the only DICOM series in it.
    /// Blocks; any thread. Errors: of a folder those of `dicom::seriesIn`.
    static Result<std::optional<VolumeSource>> of(const std::filesystem::path& path);

    /// The file that stands for the volume: of a series the first one.
    const std::filesystem::path& file() const { return files_.front(); }
    /// All that the volume is read from.
    const std::vector<std::filesystem::path>& files() const { return files_; }
    /// Why a file is opened without the others of its series.
    const std::optional<Error>& remark() const { return remark_; }

    /// What the headers say. Blocks; any thread. Errors: as `readInfo` of the format.
    Result<VolumeInfo> readInfo() const;
    /// Decodes all voxels. Blocks; any thread. Errors: as `readVolume` of the format.
    Result<Volume> read(uint64_t maxBytes) const;

  private:
    enum class Kind { Nifti, DicomFile, DicomSeries };

    VolumeSource(Kind kind, std::vector<std::filesystem::path> files)
        : kind_(kind), files_(std::move(files)) {}
    static VolumeSource ofDicom(const std::filesystem::path& file);
    static VolumeSource ofSeries(dicom::SliceStack stack);

    Kind kind_;
    std::vector<std::filesystem::path> files_;
    dicom::SliceStack stack_;  ///< of a series
    std::optional<Error> remark_;
};

/// Leaves out files that are part of the same series as one before them, which is replaced by the file that
/// stands for the series. Blocks; any thread.
std::vector<std::filesystem::path> onePerVolume(const std::vector<std::filesystem::path>& files);

}  // namespace finebrush
