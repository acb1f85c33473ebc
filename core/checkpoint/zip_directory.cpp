#include "core/checkpoint/zip_directory.h"

#include "core/checkpoint/byte_cursor.h"

#include <zlib.h>

#include <algorithm>
#include <optional>
#include <vector>

namespace finebrush {

namespace {

constexpr uint32_t kLocalHeaderSignature = 0x04034b50;
constexpr uint32_t kEntrySignature = 0x02014b50;
constexpr uint32_t kEndSignature = 0x06054b50;
constexpr uint32_t kEnd64Signature = 0x06064b50;
constexpr uint32_t kEnd64LocatorSignature = 0x07064b50;
constexpr size_t kEndSize = 22;
constexpr size_t kEnd64Size = 56;
constexpr size_t kEnd64LocatorSize = 20;
constexpr size_t kEntrySize = 46;
constexpr size_t kMaxComment = 0xFFFF;
constexpr uint16_t kZip64Extra = 1;
constexpr uint16_t kEncryptedFlag = 1;
constexpr uint32_t kSaturated32 = 0xFFFFFFFF;
constexpr uint16_t kSaturated16 = 0xFFFF;

/// Where the central directory lies.
struct Extent {
    uint64_t entries = 0;
    uint64_t size = 0;
    uint64_t offset = 0;
    uint64_t end = 0;  ///< where the end record starts, which must follow at once
};

/// One line of the central directory.
struct Entry {
    std::string name;
    uint16_t flags = 0;
    uint16_t method = 0;
    uint32_t crc32 = 0;
    uint64_t storedSize = 0;
    uint64_t size = 0;
    uint64_t headerOffset = 0;
};

ByteCursor cursorAt(std::span<const uint8_t> bytes, uint64_t offset, const char* reason) {
    if (offset > bytes.size()) throw MalformedCheckpoint(reason);
    return {bytes.subspan(static_cast<size_t>(offset)), reason};
}

/// The last place where an end record fits with a comment that fills the archive exactly.
size_t findEndRecord(std::span<const uint8_t> archive) {
    const char* reason = "zip end-of-directory record not found: file is truncated or not a checkpoint";
    for (size_t back = kEndSize; back <= std::min(archive.size(), kEndSize + kMaxComment); ++back) {
        const size_t position = archive.size() - back;
        ByteCursor cursor = cursorAt(archive, position, reason);
        if (cursor.read<uint32_t>() != kEndSignature) continue;
        cursor.take(16);
        if (cursor.read<uint16_t>() == back - kEndSize) return position;
    }
    throw MalformedCheckpoint(reason);
}

Extent readZip64Extent(std::span<const uint8_t> archive, size_t endRecord) {
    const char* reason = "zip64 end-of-directory record is damaged";
    if (endRecord < kEnd64LocatorSize) throw MalformedCheckpoint(reason);
    ByteCursor locator = cursorAt(archive, endRecord - kEnd64LocatorSize, reason);
    if (locator.read<uint32_t>() != kEnd64LocatorSignature) throw MalformedCheckpoint(reason);
    locator.take(4);
    Extent extent;
    extent.end = locator.read<uint64_t>();

    ByteCursor cursor = cursorAt(archive, extent.end, reason);
    if (cursor.remaining() < kEnd64Size || cursor.read<uint32_t>() != kEnd64Signature) {
        throw MalformedCheckpoint(reason);
    }
    cursor.take(28);
    extent.entries = cursor.read<uint64_t>();
    extent.size = cursor.read<uint64_t>();
    extent.offset = cursor.read<uint64_t>();
    return extent;
}

Extent readExtent(std::span<const uint8_t> archive) {
    const size_t endRecord = findEndRecord(archive);
    ByteCursor cursor = cursorAt(archive, endRecord, "zip end-of-directory record is damaged");
    cursor.take(4);
    const auto disk = cursor.read<uint16_t>();
    const auto directoryDisk = cursor.read<uint16_t>();
    cursor.take(2);
    Extent extent;
    extent.entries = cursor.read<uint16_t>();
    extent.size = cursor.read<uint32_t>();
    extent.offset = cursor.read<uint32_t>();
    extent.end = endRecord;
    if (disk != directoryDisk) throw MalformedCheckpoint("zip archive is split over several files");

    // torch.save writes the zip64 records always, a plain zip writer only when a number does not fit.
    const bool hasLocator =
        endRecord >= kEnd64LocatorSize &&
        cursorAt(archive, endRecord - kEnd64LocatorSize, "").read<uint32_t>() == kEnd64LocatorSignature;
    const bool isSaturated =
        extent.entries == kSaturated16 || extent.size == kSaturated32 || extent.offset == kSaturated32;
    if (hasLocator || isSaturated) extent = readZip64Extent(archive, endRecord);

    if (extent.offset > extent.end || extent.size != extent.end - extent.offset ||
        extent.entries > extent.size / kEntrySize) {
        throw MalformedCheckpoint("zip directory lies outside the file");
    }
    return extent;
}

/// Replaces the saturated fields of an entry by their 64-bit values from the extra fields.
void readZip64Extra(std::span<const uint8_t> extras, Entry& entry) {
    ByteCursor cursor(extras, "zip entry " + inQuotes(entry.name) + " has a damaged extra field");
    while (cursor.remaining() > 0) {
        const auto id = cursor.read<uint16_t>();
        const auto size = cursor.read<uint16_t>();
        ByteCursor field(cursor.take(size), "zip entry " + inQuotes(entry.name) + " lacks its 64-bit size");
        if (id != kZip64Extra) continue;
        for (uint64_t* value : {&entry.size, &entry.storedSize, &entry.headerOffset}) {
            if (*value == kSaturated32) *value = field.read<uint64_t>();
        }
        return;
    }
}

Entry readEntry(ByteCursor& cursor) {
    if (cursor.read<uint32_t>() != kEntrySignature) throw MalformedCheckpoint("zip directory is damaged");
    cursor.take(4);
    Entry entry;
    entry.flags = cursor.read<uint16_t>();
    entry.method = cursor.read<uint16_t>();
    cursor.take(4);
    entry.crc32 = cursor.read<uint32_t>();
    entry.storedSize = cursor.read<uint32_t>();
    entry.size = cursor.read<uint32_t>();
    const auto nameSize = cursor.read<uint16_t>();
    const auto extraSize = cursor.read<uint16_t>();
    const auto commentSize = cursor.read<uint16_t>();
    cursor.take(8);
    entry.headerOffset = cursor.read<uint32_t>();
    entry.name = textOf(cursor.take(nameSize));
    readZip64Extra(cursor.take(extraSize), entry);
    cursor.take(commentSize);
    return entry;
}

void requireStored(const Entry& entry) {
    if (entry.flags & kEncryptedFlag) {
        throw MalformedCheckpoint("encrypted zip entry " + inQuotes(entry.name) + ": refused");
    }
    if (entry.method != 0 || entry.storedSize != entry.size) {
        throw MalformedCheckpoint("compressed zip entry " + inQuotes(entry.name) +
                                  " (torch.save never compresses): refused");
    }
}

/// The bytes of an entry; `contents` is the archive before its directory.
std::span<const uint8_t> contentOf(std::span<const uint8_t> contents, const Entry& entry) {
    const std::string reason = "zip entry " + inQuotes(entry.name) + " lies outside the file";
    ByteCursor cursor = cursorAt(contents, entry.headerOffset, reason.c_str());
    if (cursor.read<uint32_t>() != kLocalHeaderSignature) {
        throw MalformedCheckpoint("zip entry " + inQuotes(entry.name) + " has no header of its own");
    }
    cursor.take(22);
    const auto nameSize = cursor.read<uint16_t>();
    const auto extraSize = cursor.read<uint16_t>();
    if (textOf(cursor.take(nameSize)) != entry.name) {
        throw MalformedCheckpoint("zip entry " + inQuotes(entry.name) + " has two names");
    }
    cursor.take(extraSize);
    return cursor.take(entry.size);
}

/// From the header of an entry to the end of its bytes, as offsets in the archive.
struct Range {
    uint64_t begin = 0;
    uint64_t end = 0;
};

void requireDisjoint(std::vector<Range> ranges) {
    std::sort(ranges.begin(), ranges.end(), [](const Range& a, const Range& b) { return a.begin < b.begin; });
    for (size_t i = 1; i < ranges.size(); ++i) {
        if (ranges[i].begin < ranges[i - 1].end) throw MalformedCheckpoint("zip entries share bytes");
    }
}

}  // namespace

ZipDirectory::ZipDirectory(std::span<const uint8_t> archive) {
    const Extent extent = readExtent(archive);
    const auto contents = archive.first(static_cast<size_t>(extent.offset));
    ByteCursor cursor(archive.subspan(contents.size(), static_cast<size_t>(extent.size)),
                      "zip directory is damaged");
    std::vector<Range> ranges;
    for (uint64_t i = 0; i < extent.entries; ++i) {
        const Entry entry = readEntry(cursor);
        requireStored(entry);
        const auto bytes = contentOf(contents, entry);
        ranges.push_back(
            {entry.headerOffset, static_cast<uint64_t>(bytes.data() - archive.data()) + bytes.size()});
        if (!records_.emplace(entry.name, Record{bytes, entry.crc32}).second) {
            throw MalformedCheckpoint("zip entry " + inQuotes(entry.name) + " is there twice");
        }
    }
    if (cursor.remaining() > 0) throw MalformedCheckpoint("zip directory is damaged");
    requireDisjoint(std::move(ranges));
}

std::string ZipDirectory::rootFolder() const {
    static constexpr std::string_view kPickle = "data.pkl";
    for (const auto& [name, record] : records_) {
        const size_t slash = name.find('/');
        if (slash != std::string::npos && std::string_view(name).substr(slash + 1) == kPickle) {
            return name.substr(0, slash + 1);
        }
    }
    throw MalformedCheckpoint("record 'data.pkl' missing");
}

bool ZipDirectory::containsFolder(const std::string& prefix) const {
    const auto first = records_.lower_bound(prefix);
    return first != records_.end() && first->first.starts_with(prefix);
}

std::span<const uint8_t> ZipDirectory::verifiedRecord(const std::string& root,
                                                      const std::string& name) const {
    const auto found = records_.find(root + name);
    if (found == records_.end()) throw MalformedCheckpoint("record " + inQuotes(name) + " missing");
    const auto& [bytes, crc] = found->second;
    if (crc32_z(crc32_z(0, nullptr, 0), bytes.data(), bytes.size()) != crc) {
        throw MalformedCheckpoint("checksum mismatch in record " + inQuotes(name) + ": file is corrupted");
    }
    return bytes;
}

}  // namespace finebrush
