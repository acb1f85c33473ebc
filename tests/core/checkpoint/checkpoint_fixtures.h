#pragma once

#include "core/base/result.h"
#include "core/checkpoint/named_tensors.h"
#include "tests/support/file_bytes.h"
#include "tests/support/temporary_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <torch/torch.h>
#include <zlib.h>

#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <stdlib.h>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace finebrush::testing {

using Bytes = std::vector<uint8_t>;

/// The reference that lies beside the checkout on developers' machines.
inline std::filesystem::path referenceFolder() {
    return FINEBRUSH_SOURCE_DIR "/../shared/reference";
}

/// The real checkpoint, where packaging/setup.sh has fetched it.
inline std::filesystem::path liteMedSamFile() {
    return FINEBRUSH_SOURCE_DIR "/.deps/models/lite_medsam.pth";
}

inline Bytes toBytes(const std::string& text) {
    return {text.begin(), text.end()};
}

/// The reason that CheckpointMalformed gives; empty for any other outcome.
template <typename Value>
std::string reasonOf(const Result<Value>& result) {
    if (result || result.error().code != ErrorCode::CheckpointMalformed) return {};
    return result.error().arguments.at(1);
}

/// Text after text, and integers as their little-endian bytes.
template <typename... Parts>
std::string joined(const Parts&... parts) {
    std::string whole;
    const auto append = [&](const auto& part) {
        if constexpr (std::is_integral_v<std::decay_t<decltype(part)>>) {
            whole.append(reinterpret_cast<const char*>(&part), sizeof(part));
        } else {
            whole.append(part);
        }
    };
    (append(parts), ...);
    return whole;
}

/// One entry of a zip archive to make.
struct ZipItem {
    std::string name;
    std::string content;
    bool isCompressed = false;
};

inline std::string deflated(const std::string& content) {
    z_stream stream{};
    if (deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY) != Z_OK) {
        throw std::runtime_error("deflateInit2");
    }
    std::string packed(deflateBound(&stream, content.size()), '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(content.data()));
    stream.avail_in = static_cast<uInt>(content.size());
    stream.next_out = reinterpret_cast<Bytef*>(packed.data());
    stream.avail_out = static_cast<uInt>(packed.size());
    const int outcome = deflate(&stream, Z_FINISH);
    packed.resize(stream.total_out);
    deflateEnd(&stream);
    if (outcome != Z_STREAM_END) throw std::runtime_error("deflate");
    return packed;
}

/// A zip archive without zip64 records.
inline Bytes zipOf(const std::vector<ZipItem>& items) {
    std::string archive;
    std::string directory;
    for (const ZipItem& item : items) {
        const std::string stored = item.isCompressed ? deflated(item.content) : item.content;
        const auto crc = crc32_z(0, reinterpret_cast<const Bytef*>(item.content.data()), item.content.size());
        // flags, method, time, date, CRC-32, both sizes, length of the name, length of the extra field
        const std::string common = joined(
            uint16_t{0}, static_cast<uint16_t>(item.isCompressed ? 8 : 0), uint32_t{0},
            static_cast<uint32_t>(crc), static_cast<uint32_t>(stored.size()),
            static_cast<uint32_t>(item.content.size()), static_cast<uint16_t>(item.name.size()), uint16_t{0});
        directory += joined("PK\x01\x02", uint16_t{20}, uint16_t{20}, common, std::string(10, '\0'),
                            static_cast<uint32_t>(archive.size()), item.name);
        archive += joined("PK\x03\x04", uint16_t{20}, common, item.name, stored);
    }
    const auto count = static_cast<uint16_t>(items.size());
    return toBytes(joined(archive, directory, "PK\x05\x06", uint32_t{0}, count, count,
                          static_cast<uint32_t>(directory.size()), static_cast<uint32_t>(archive.size()),
                          uint16_t{0}));
}

/// Opcodes of the pickles that `torch.save` writes, to be put together to good and bad ones.
namespace pickled {

inline std::string text(const std::string& value) {
    return joined("X", static_cast<uint32_t>(value.size()), value);
}

inline std::string number(int64_t value) {
    return joined("\x8a\x08", value);
}

inline std::string global(const std::string& module, const std::string& name) {
    return joined("c", module, "\n", name, "\n");
}

inline std::string tuple(const std::vector<int64_t>& numbers) {
    std::string opcodes = "(";
    for (const int64_t value : numbers) opcodes += number(value);
    return opcodes + "t";
}

inline std::string orderedDict() {
    return global("collections", "OrderedDict") + ")R";
}

inline std::string storage(const std::string& key, const std::string& type, int64_t elements) {
    return joined("(", text("storage"), global("torch", type), text(key), text("cpu"), number(elements),
                  "tQ");
}

inline std::string tensor(const std::string& storage, int64_t offset, const std::vector<int64_t>& sizes,
                          const std::vector<int64_t>& strides) {
    return joined(global("torch._utils", "_rebuild_tensor_v2"), "(", storage, number(offset), tuple(sizes),
                  tuple(strides), "\x89", orderedDict(), "tR");
}

/// A dictionary of names and the opcodes of their values.
inline std::string dict(const std::vector<std::pair<std::string, std::string>>& items) {
    std::string opcodes = "}(";
    for (const auto& [name, value] : items) opcodes += text(name) + value;
    return opcodes + "u";
}

inline std::string object(const std::string& opcodes) {
    return joined("\x80\x02", opcodes, ".");
}

}  // namespace pickled

/// A .pth file of one pickled object and its storages `0`, `1`, ...
inline Bytes pthOf(const std::string& opcodes, const std::vector<std::string>& storages = {}) {
    std::vector<ZipItem> items{{"a/data.pkl", pickled::object(opcodes)}};
    for (size_t i = 0; i < storages.size(); ++i) {
        items.push_back({"a/data/" + std::to_string(i), storages[i]});
    }
    return zipOf(items);
}

/// The bytes of a tensor's elements in C order.
inline std::string elementBytes(const torch::Tensor& tensor) {
    const torch::Tensor contiguous = tensor.contiguous();
    return {static_cast<const char*>(contiguous.const_data_ptr()), contiguous.nbytes()};
}

/// A .pth file of these tensors, as `torch.save` writes a dictionary of them.
inline Bytes pthOf(const NamedTensors& named) {
    std::vector<std::pair<std::string, std::string>> items;
    std::vector<std::string> storages;
    for (const auto& entry : named.tensors) {
        const torch::Tensor tensor = entry.value().contiguous();
        const std::string type = std::string(torch::toString(tensor.scalar_type())) + "Storage";
        const std::string storage = pickled::storage(std::to_string(storages.size()), type, tensor.numel());
        items.emplace_back(entry.key(),
                           pickled::tensor(storage, 0, tensor.sizes().vec(), tensor.strides().vec()));
        storages.push_back(elementBytes(tensor));
    }
    return pthOf(pickled::dict(items), storages);
}

MATCHER_P(IsBitEqualTo, expected, "is bit for bit " + ::testing::PrintToString(expected)) {
    if (arg.scalar_type() != expected.scalar_type()) {
        *result_listener << "its type is " << torch::toString(arg.scalar_type());
        return false;
    }
    if (arg.sizes() != expected.sizes()) {
        *result_listener << "its shape is " << arg.sizes();
        return false;
    }
    return elementBytes(arg) == elementBytes(expected);
}

}  // namespace finebrush::testing
