#include "core/messages/cbor_writer.h"

#include "core/messages/array_size.h"

#include <bit>
#include <stdexcept>

namespace finebrush::messages {

static_assert(std::endian::native == std::endian::little, "arrays cross as little-endian bytes");

namespace {

BorrowingJson arrayJson(const char* dtype, std::vector<int64_t> shape, std::span<const uint8_t> bytes) {
    BorrowingJson array = BorrowingJson::object();
    array["dtype"] = dtype;
    array["shape"] = std::move(shape);
    array["data"] = BorrowingJson::binary(bytes);
    return array;
}

}  // namespace

BorrowingJson CborWriter::toJson(const std::vector<uint8_t>& bytes) {
    return BorrowingJson::binary(std::span<const uint8_t>(bytes));
}

BorrowingJson CborWriter::toJson(const std::vector<float>& values) {
    return arrayJson("float32", {static_cast<int64_t>(values.size())},
                     {reinterpret_cast<const uint8_t*>(values.data()), values.size() * sizeof(float)});
}

BorrowingJson CborWriter::toJson(const PixelBuffer& pixels) {
    if (!pixels.isConsistent())
        throw std::invalid_argument("CborWriter: an image's bytes do not fit its size");
    BorrowingJson json = arrayJson(pixelTypeName(pixels.type),
                                   {pixels.size.height, pixels.size.width, pixels.bands}, pixels.bytes);
    if (pixels.nodata) json["nodata"] = *pixels.nodata;
    if (!pixels.hidden.empty()) json["hidden"] = toJson(pixels.hidden);
    for (const ValueRange& range : pixels.limits) {
        json["limits"].push_back(range.low);
        json["limits"].push_back(range.high);
    }
    return json;
}

BorrowingJson CborWriter::toJson(const IndexMask& mask) {
    if (checkedProduct({mask.size.height, mask.size.width}) != mask.values.size()) {
        throw std::invalid_argument("CborWriter: a mask's values do not fit its size");
    }
    return arrayJson("uint8", {mask.size.height, mask.size.width}, mask.values);
}

BorrowingJson CborWriter::toJson(const AdapterFiles& files) {
    BorrowingJson map = BorrowingJson::object();
    for (const auto& [name, bytes] : files) map[name] = toJson(bytes);
    return map;
}

}  // namespace finebrush::messages
