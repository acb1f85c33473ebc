#pragma once

#include <atomic>
#include <cpl_vsi.h>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace finebrush {

/// A file in GDAL's memory with a name of its own, deleted with the object.
class MemoryFile {
  public:
    /// An empty name for a file to be written; `suffix` such as ".png".
    explicit MemoryFile(const std::string& suffix)
        : name_("/vsimem/finebrush-" + std::to_string(++count_) + suffix) {}
    /// A file that reads these bytes, which must outlive it.
    MemoryFile(const std::string& suffix, std::span<const uint8_t> bytes) : MemoryFile(suffix) {
        VSIFCloseL(
            VSIFileFromMemBuffer(name_.c_str(), const_cast<uint8_t*>(bytes.data()), bytes.size(), FALSE));
    }
    ~MemoryFile() { VSIUnlink(name_.c_str()); }
    MemoryFile(const MemoryFile&) = delete;
    MemoryFile& operator=(const MemoryFile&) = delete;

    const char* name() const { return name_.c_str(); }
    std::vector<uint8_t> bytes() const {
        vsi_l_offset length = 0;
        const GByte* data = VSIGetMemFileBuffer(name_.c_str(), &length, FALSE);
        return data ? std::vector<uint8_t>(data, data + length) : std::vector<uint8_t>();
    }

  private:
    static inline std::atomic<uint64_t> count_ = 0;
    std::string name_;
};

}  // namespace finebrush
