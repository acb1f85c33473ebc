#pragma once

#include "core/base/result.h"
#include "core/image/display/display_mapping.h"
#include "core/image/volume/volume_source.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

namespace finebrush {

/// A decoded volume, and how its slices are shown at first.
struct ShownVolume {
    Volume volume;
    DisplayMapping display;
};

/// Keeps the volume that was decoded last, so that a person who leafs through its slices waits once, however
/// large it is: decoding it again takes the same memory. Of one that is not decoded as a whole it keeps how
/// its slices are shown. Any thread.
class VolumeCache {
  public:
    /// The volume of a source; decoded again where one of its files has changed since. Blocks; what is
    /// decoded at the same time on two threads is decoded twice. Errors: as `VolumeSource::read`.
    Result<std::shared_ptr<const ShownVolume>> read(const VolumeSource& source, uint64_t maxBytes);
    /// How the slices of a source are shown at first, which `find` tells where it is not known of these files
    /// as they are. Blocks as `find` does. Errors: those of `find`.
    Result<DisplayMapping> display(const VolumeSource& source,
                                   const std::function<Result<DisplayMapping>()>& find);

  private:
    struct FileState {
        std::filesystem::path file;
        uint64_t bytes = 0;
        std::filesystem::file_time_type changed;
        bool operator==(const FileState&) const = default;
    };
    using Key = std::vector<FileState>;
    static Key keyOf(const VolumeSource& source);

    std::mutex mutex_;
    Key key_;
    std::shared_ptr<const ShownVolume> kept_;
    Key displayKey_;
    std::optional<DisplayMapping> display_;
};

}  // namespace finebrush
