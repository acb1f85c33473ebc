#include "core/checkpoint/legacy_pth.h"

#include "core/checkpoint/byte_cursor.h"
#include "core/checkpoint/pickle_machine.h"
#include "core/checkpoint/pickled_tensors.h"

#include <algorithm>
#include <array>
#include <string>
#include <unordered_map>

namespace finebrush {

namespace {

/// The pickle of 0x1950a86a20f9469cfc6c.
constexpr std::array<uint8_t, 15> kMagic{0x80, 0x02, 0x8a, 0x0a, 0x6c, 0xfc, 0x9c, 0x46,
                                         0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19, '.'};
constexpr int64_t kProtocolVersion = 1001;

using ItemSizes = std::unordered_map<std::string_view, size_t>;
using Storages = std::unordered_map<std::string_view, std::span<const uint8_t>>;

PickledObject unpickle(ByteCursor& cursor) {
    PickledObject object = PickleMachine(cursor.rest()).run();
    cursor.take(object.byteCount);
    return object;
}

/// Bytes per element of each storage that an object names.
ItemSizes itemSizesOf(const PickledObject& object) {
    ItemSizes sizes;
    for (const PickleValue& value : object.values) {
        if (const auto* storage = std::get_if<PickleStorage>(&value)) {
            sizes.emplace(storage->key, torch::elementSize(storage->type));
        }
    }
    return sizes;
}

Storages readStorages(ByteCursor& cursor, const PickledObject& keys, const ItemSizes& itemSizes) {
    const auto* list = std::get_if<PickleList>(&keys.values[keys.root]);
    if (!list) throw MalformedCheckpoint("list of storages is damaged");
    Storages storages;
    for (const PickleId id : list->items) {
        const auto* key = std::get_if<std::string_view>(&keys.values[id]);
        const auto itemSize = key ? itemSizes.find(*key) : itemSizes.end();
        if (itemSize == itemSizes.end()) throw MalformedCheckpoint("list of storages is damaged");
        const auto elements = cursor.read<uint64_t>();
        if (elements > cursor.remaining()) throw MalformedCheckpoint("file is truncated");
        if (!storages.emplace(*key, cursor.take(elements * itemSize->second)).second) {
            throw MalformedCheckpoint("storage " + inQuotes(*key) + " is there twice");
        }
    }
    return storages;
}

}  // namespace

bool isLegacyPth(std::span<const uint8_t> bytes) {
    return bytes.size() >= kMagic.size() && std::equal(kMagic.begin(), kMagic.end(), bytes.begin());
}

NamedTensors parseLegacyPth(std::span<const uint8_t> bytes) {
    ByteCursor cursor(bytes, "file is truncated");
    cursor.take(kMagic.size());
    const PickledObject protocol = unpickle(cursor);
    const auto* version = std::get_if<int64_t>(&protocol.values[protocol.root]);
    if (!version || *version != kProtocolVersion) throw MalformedCheckpoint("legacy protocol is not 1001");
    unpickle(cursor);  // the writer's byte order and type sizes, which no PyTorch has ever read back

    const PickledObject object = unpickle(cursor);
    const PickledObject keys = unpickle(cursor);
    const Storages storages = readStorages(cursor, keys, itemSizesOf(object));
    if (cursor.remaining() > 0) throw MalformedCheckpoint("bytes follow the last storage");
    return collectTensors(object, [&](std::string_view key) {
        const auto found = storages.find(key);
        if (found == storages.end()) throw MalformedCheckpoint("storage " + inQuotes(key) + " missing");
        return found->second;
    });
}

}  // namespace finebrush
