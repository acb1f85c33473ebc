#pragma once

#include "core/base/result.h"
#include "core/image/volume.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>

namespace finebrush {

/// Keeps the volume that was decoded last, so that a person who leafs through its slices waits once. Any
/// thread.
class VolumeCache {
  public:
    /// A volume of more bytes is handed out but not kept.
    explicit VolumeCache(uint64_t maxKeptBytes) : maxKeptBytes_(maxKeptBytes) {}

    /// The volume in a NIfTI or DICOM file; decoded again where the file has changed since. Blocks; what
    /// is decoded at the same time on two threads is decoded twice. Errors: as `readVolume` of the format.
    Result<std::shared_ptr<const Volume>> read(const std::filesystem::path& file, uint64_t maxBytes);

  private:
    struct Key {
        std::filesystem::path file;
        uint64_t bytes = 0;
        std::filesystem::file_time_type changed;
        bool operator==(const Key&) const = default;
    };
    static Key keyOf(const std::filesystem::path& file);

    uint64_t maxKeptBytes_;
    std::mutex mutex_;
    Key key_;
    std::shared_ptr<const Volume> kept_;
};

}  // namespace finebrush
