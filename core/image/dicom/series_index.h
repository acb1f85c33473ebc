#pragma once

#include "core/base/result.h"
#include "core/image/dicom/slice_stack.h"

#include <filesystem>
#include <map>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

namespace finebrush::dicom {

/// A DICOM file as its header tells. The identifiers stay in the memory: they may lead to a patient.
struct SeriesMember {
    std::string series;
    std::string instance;
    std::optional<PlacedSlice> slice;  ///< where the file is one
};

/// Which files of a folder belong to which series. Remembers the headers of the folder that was asked for
/// last. Any thread.
class SeriesIndex {
  public:
    /// The DICOM files of a folder that name a series, sorted by path; some of them where it is asked to
    /// stop. Reads the headers of those that are new or have changed. Blocks.
    std::vector<std::pair<std::filesystem::path, SeriesMember>> membersIn(const std::filesystem::path& folder,
                                                                          const std::stop_token& stop = {});

  private:
    struct Entry {
        uint64_t bytes = 0;
        std::filesystem::file_time_type changed;
        std::optional<SeriesMember> member;  ///< none: the file is of no series
    };

    std::mutex mutex_;
    std::filesystem::path folder_;
    std::map<std::filesystem::path, Entry> entries_;
};

}  // namespace finebrush::dicom
