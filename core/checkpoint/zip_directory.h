#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>

namespace finebrush {

/// The records of a zip archive as `torch.save` writes it: stored, never compressed, zip64 where large.
/// Everything else that zip allows (compression, encryption, several disks, records that share bytes) is
/// refused, so the records together are never larger than the file. Format: PKWARE APPNOTE 6.3.9, §4.3.
class ZipDirectory {
  public:
    /// Reads the directory of an archive that must outlive this. Throws MalformedCheckpoint.
    explicit ZipDirectory(std::span<const uint8_t> archive);

    /// The folder that holds `data.pkl`, with its slash: the archive's own name. Throws MalformedCheckpoint.
    std::string rootFolder() const;

    bool contains(const std::string& name) const { return records_.contains(name); }
    /// Whether any record's name starts so.
    bool containsFolder(const std::string& prefix) const;

    /// The bytes of a record below the root folder, once its checksum is right. Throws MalformedCheckpoint,
    /// naming the record without the root folder.
    std::span<const uint8_t> verifiedRecord(const std::string& root, const std::string& name) const;

  private:
    struct Record {
        std::span<const uint8_t> bytes;
        uint32_t crc32 = 0;
    };

    std::map<std::string, Record, std::less<>> records_;
};

}  // namespace finebrush
