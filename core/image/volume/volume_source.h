#pragma once

#include "core/base/result.h"
#include "core/image/dicom/slice_stack.h"
#include "core/image/volume/volume.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <stop_token>
#include <vector>

namespace finebrush {

/// Where a volume comes from: a NIfTI file, a DICOM file, the files of a DICOM series, or the pages of a
/// TIFF. The one place that knows which formats hold volumes.
class VolumeSource {
  public:
    /// Nothing for what holds no volume or is not there. A folder stands for the only DICOM series in it.
    /// Blocks; any thread. Errors: of a folder those of `dicom::seriesIn`.
    static Result<std::optional<VolumeSource>> of(const std::filesystem::path& path);

    /// What keeps a file from being a volume that a person would take it for, so that only its first picture
    /// is opened; nothing for any other. Blocks; any thread.
    static std::optional<Error> whyNone(const std::filesystem::path& file);

    /// The file that stands for the volume: of a series the first one.
    const std::filesystem::path& file() const { return files_.front(); }
    /// All that the volume is read from.
    const std::vector<std::filesystem::path>& files() const { return files_; }
    /// What of it is not opened: what keeps a series from being a whole stack, or the phase of complex
    /// voxels. The info is that of `readInfo`.
    std::optional<Error> remark(const VolumeInfo& info) const;
    /// Of a series the file that is a slice, or the first one where the slice cuts through all; empty where
    /// there is no such slice, and for what is no series.
    std::filesystem::path fileOf(const SliceAddress& slice) const;
    /// The slice of a view that is a file of a series, or the first page of a TIFF, which is what the file
    /// was to whom it had no slices; nothing where slices of that view cut through these.
    std::optional<SliceAddress> sliceOf(const std::filesystem::path& file, SliceView view) const;

    /// What the headers say. Blocks; any thread. Errors: as `readInfo` of the format.
    Result<VolumeInfo> readInfo() const;
    /// Decodes all voxels. Blocks; any thread. Errors: as `readVolume` of the format.
    Result<Volume> read(uint64_t maxBytes) const;
    /// Decodes a slice that is a page of a TIFF, and no other page; nothing for any other slice. The grid is
    /// that of `readInfo`. Blocks; any thread. Errors: as `read`.
    Result<std::optional<PixelBuffer>> readPage(const VolumeGrid& grid, const SliceAddress& slice,
                                                uint64_t maxBytes) const;

  private:
    enum class Kind { Nifti, DicomFile, DicomSeries, TiffStack };

    VolumeSource(Kind kind, std::vector<std::filesystem::path> files)
        : kind_(kind), files_(std::move(files)) {}
    static VolumeSource ofDicom(const std::filesystem::path& file);
    static VolumeSource ofSeries(dicom::SliceStack stack);

    Kind kind_;
    std::vector<std::filesystem::path> files_;
    dicom::SliceStack stack_;  ///< of a series
};

/// Leaves out files that are part of the same series as one before them, which is replaced by the file that
/// stands for the series. Reads the headers of each folder once. Blocks; any thread; gives some of the files
/// where it is asked to stop.
std::vector<std::filesystem::path> onePerVolume(const std::vector<std::filesystem::path>& files,
                                                const std::stop_token& stop = {});

}  // namespace finebrush
