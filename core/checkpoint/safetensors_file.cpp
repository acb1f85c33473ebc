#include "core/checkpoint/safetensors_file.h"

#include "core/base/files.h"
#include "core/checkpoint/byte_cursor.h"
#include "core/checkpoint/safetensors_header.h"
#include "core/checkpoint/tensor_bytes.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstring>
#include <numeric>
#include <stdexcept>
#include <string_view>
#include <tuple>

namespace finebrush {

namespace {

constexpr uint64_t kMaxHeader = 100'000'000;
constexpr size_t kLengthSize = sizeof(uint64_t);
constexpr size_t kAlignment = 8;

/// Throws unless the entries, taken by offset, cover a buffer of this size exactly.
void requireCover(const SafetensorsHeader& header, uint64_t bufferSize) {
    std::vector<const SafetensorsEntry*> byOffset;
    for (const SafetensorsEntry& entry : header.entries) byOffset.push_back(&entry);
    std::stable_sort(byOffset.begin(), byOffset.end(), [](const auto* a, const auto* b) {
        return std::tie(a->begin, a->end) < std::tie(b->begin, b->end);
    });
    uint64_t covered = 0;
    for (const SafetensorsEntry* entry : byOffset) {
        if (entry->begin != covered || entry->end < entry->begin) {
            throw MalformedCheckpoint("invalid offset for tensor `" + printable(entry->name) + "`");
        }
        covered = entry->end;
    }
    if (covered != bufferSize) throw MalformedCheckpoint("incomplete metadata, file not fully covered");
}

void requireSize(const SafetensorsEntry& entry) {
    const std::string detail = "tensor `" + printable(entry.name) + "`";
    const auto count = elementCountOf(entry.shape);
    if (!count) {
        throw MalformedCheckpoint("overflow computing buffer size from shape and/or element type", detail);
    }
    if (static_cast<uint64_t>(*count) * torch::elementSize(entry.type) != entry.end - entry.begin) {
        throw MalformedCheckpoint("invalid shape, data type, or offset for tensor", detail);
    }
}

NamedTensors parse(std::span<const uint8_t> bytes) {
    ByteCursor cursor(bytes, "header too small");
    const auto headerSize = cursor.read<uint64_t>();
    if (headerSize > kMaxHeader) throw MalformedCheckpoint("header too large");
    if (headerSize > cursor.remaining()) throw MalformedCheckpoint("invalid header length");
    SafetensorsHeader header = parseSafetensorsHeader(textOf(cursor.take(headerSize)));
    const auto buffer = cursor.rest();

    requireCover(header, buffer.size());
    for (const SafetensorsEntry& entry : header.entries) requireSize(entry);
    NamedTensors named;
    named.metadata = std::move(header.metadata);
    named.tensors.reserve(header.entries.size());
    for (SafetensorsEntry& entry : header.entries) {
        const auto content = buffer.subspan(entry.begin, entry.end - entry.begin);
        named.tensors.insert(std::move(entry.name), tensorFromBytes(content, entry.type, entry.shape));
    }
    return named;
}

struct Writable {
    std::string name;
    std::string_view type;
    torch::Tensor tensor;
};

/// Contiguous CPU tensors in the order of the file.
std::vector<Writable> inFileOrder(const NamedTensors& named) {
    std::vector<Writable> ordered;
    for (const auto& entry : named.tensors) {
        const auto type = safetensorsTypeName(entry.value().scalar_type());
        if (!type || entry.key() == "__metadata__") {
            throw std::invalid_argument("safetensors cannot hold tensor " + entry.key() + " of type " +
                                        torch::toString(entry.value().scalar_type()));
        }
        ordered.push_back({entry.key(), *type, entry.value().detach().cpu().contiguous()});
    }
    std::sort(ordered.begin(), ordered.end(), [](const Writable& a, const Writable& b) {
        const auto aSize = a.tensor.element_size();
        const auto bSize = b.tensor.element_size();
        return aSize != bSize ? aSize > bSize : a.name < b.name;
    });
    return ordered;
}

}  // namespace

bool looksLikeSafetensors(std::span<const uint8_t> bytes) {
    return bytes.size() > kLengthSize && bytes[kLengthSize] == '{';
}

Result<NamedTensors> readSafetensors(std::span<const uint8_t> bytes, const std::string& source) {
    return refuseMalformed(source, [&] { return parse(bytes); });
}

std::vector<uint8_t> encodeSafetensors(const NamedTensors& named) {
    const std::vector<Writable> ordered = inFileOrder(named);
    nlohmann::ordered_json header = nlohmann::ordered_json::object();
    if (!named.metadata.empty()) header["__metadata__"] = named.metadata;
    size_t bufferSize = 0;
    for (const auto& [name, type, tensor] : ordered) {
        header[name] = {{"dtype", type},
                        {"shape", tensor.sizes().vec()},
                        {"data_offsets", {bufferSize, bufferSize + tensor.nbytes()}}};
        bufferSize += tensor.nbytes();
    }
    std::string text = header.dump();
    text.resize((text.size() + kAlignment - 1) / kAlignment * kAlignment, ' ');

    std::vector<uint8_t> bytes(kLengthSize + text.size() + bufferSize);
    const uint64_t headerSize = text.size();
    std::memcpy(bytes.data(), &headerSize, kLengthSize);
    auto next = std::copy(text.begin(), text.end(), bytes.begin() + kLengthSize);
    for (const Writable& entry : ordered) {
        const auto* start = static_cast<const uint8_t*>(entry.tensor.const_data_ptr());
        next = std::copy(start, start + entry.tensor.nbytes(), next);
    }
    return bytes;
}

Result<void> writeSafetensors(const std::filesystem::path& path, const NamedTensors& named) {
    return writeFileAtomically(path, std::span<const uint8_t>(encodeSafetensors(named)));
}

}  // namespace finebrush
