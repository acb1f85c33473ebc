#include "core/messages/cbor_reader.h"

#include "core/base/files.h"
#include "core/messages/array_size.h"

#include <array>
#include <cstring>
#include <limits>

namespace finebrush::messages {

namespace {

using nlohmann::json;

/// Adapt → images → image → pixels → shape is the deepest nesting of a message.
constexpr int kMaxDepth = 8;

/// Builds the value and refuses deep nesting, for which the library's parser would use the whole stack.
class ShallowParser : public nlohmann::detail::json_sax_dom_parser<json> {
  public:
    using json_sax_dom_parser::json_sax_dom_parser;

    bool start_object(std::size_t length) { return enter() && json_sax_dom_parser::start_object(length); }
    bool start_array(std::size_t length) { return enter() && json_sax_dom_parser::start_array(length); }
    bool end_object() { return leave() && json_sax_dom_parser::end_object(); }
    bool end_array() { return leave() && json_sax_dom_parser::end_array(); }

  private:
    bool enter() {
        if (++depth_ > kMaxDepth) throw Malformed("it is nested too deeply");
        return true;
    }
    bool leave() {
        --depth_;
        return true;
    }

    int depth_ = 0;
};

/// An array as it crosses: a map of dtype, shape and data.
struct WireArray {
    PixelType type = PixelType::UInt8;
    std::vector<int> shape;
    std::vector<uint8_t>* data = nullptr;  ///< of the map; may be moved from
};

std::string quoted(const std::string& path) {
    return "“" + path + "”";
}

WireArray wireArray(json& value, const std::string& path, size_t dimensions) {
    if (!value.is_object()) throw Malformed(quoted(path) + " is no array");
    const auto dtype = value.find("dtype");
    const auto shape = value.find("shape");
    const auto data = value.find("data");
    if (dtype == value.end() || shape == value.end() || data == value.end()) {
        throw Malformed(quoted(path) + " lacks dtype, shape or data");
    }
    if (!dtype->is_string()) throw Malformed(quoted(path + ".dtype") + " is no text");
    const auto type = pixelTypeFromName(dtype->get_ref<const std::string&>());
    if (!type) throw Malformed(quoted(path + ".dtype") + " is no known type");
    if (!shape->is_array() || shape->size() != dimensions) {
        throw Malformed(quoted(path + ".shape") + " is no list of " + std::to_string(dimensions) +
                        " numbers");
    }
    if (!data->is_binary()) throw Malformed(quoted(path + ".data") + " is no byte string");

    WireArray array{*type, {}, &data->get_binary()};
    std::optional<uint64_t> bytes = bytesPerSample(*type);
    for (const json& extent : *shape) {
        if (!extent.is_number_unsigned() || extent.get<uint64_t>() > std::numeric_limits<int>::max()) {
            throw Malformed(quoted(path + ".shape") + " holds what is no size");
        }
        array.shape.push_back(extent.get<int>());
        if (bytes) bytes = checkedProduct({static_cast<int64_t>(*bytes), array.shape.back()});
    }
    if (bytes != array.data->size()) {
        throw Malformed(quoted(path) + " has " + std::to_string(array.data->size()) +
                        " bytes, which its shape and dtype do not give");
    }
    return array;
}

}  // namespace

json parseCbor(std::span<const uint8_t> body) {
    json value;
    ShallowParser parser(value);
    try {
        json::sax_parse(body, &parser, json::input_format_t::cbor);
    } catch (const json::exception& problem) {
        throw Malformed(problem.what());
    }
    return value;
}

void CborReader::read(json& field, const std::string& path, bool& value) {
    require(field.is_boolean(), path, "is neither true nor false");
    value = field.get<bool>();
}

void CborReader::read(json& field, const std::string& path, double& value) {
    require(field.is_number(), path, "is no number");
    value = field.get<double>();
}

void CborReader::read(json& field, const std::string& path, std::string& text) {
    require(field.is_string(), path, "is no text");
    text = field.get_ref<const std::string&>();
}

void CborReader::read(json& field, const std::string& path, ErrorCode& code) {
    std::string name;
    read(field, path, name);
    code = errorCodeFromName(name);
}

void CborReader::read(json& field, const std::string& path, std::vector<uint8_t>& bytes) {
    require(field.is_binary(), path, "is no byte string");
    bytes = std::move(field.get_binary());
}

void CborReader::read(json& field, const std::string& path, std::vector<float>& values) {
    const WireArray array = wireArray(field, path, 1);
    require(array.type == PixelType::Float32, path, "is not of dtype float32");
    values.resize(array.data->size() / sizeof(float));
    if (!values.empty()) std::memcpy(values.data(), array.data->data(), array.data->size());
}

void CborReader::read(json& field, const std::string& path, PixelBuffer& pixels) {
    const WireArray array = wireArray(field, path, 3);
    pixels.size = {array.shape[1], array.shape[0]};
    pixels.bands = array.shape[2];
    pixels.type = array.type;
    pixels.bytes = std::move(*array.data);
    if (const auto nodata = field.find("nodata"); nodata != field.end()) {
        read(*nodata, path + ".nodata", pixels.nodata.emplace());
    }
    if (const auto hidden = field.find("hidden"); hidden != field.end())
        read(*hidden, path + ".hidden", pixels.hidden);
    if (const auto limits = field.find("limits"); limits != field.end())
        readLimits(*limits, path + ".limits", pixels.limits);
    require(pixels.isConsistent(), path, "hides other pixels than it has");
}

void CborReader::readLimits(json& field, const std::string& path, std::vector<ValueRange>& limits) {
    require(field.is_array() && field.size() % 2 == 0, path, "is no list of pairs of numbers");
    for (size_t i = 0; i < field.size(); i += 2) {
        ValueRange& range = limits.emplace_back();
        read(field[i], path, range.low);
        read(field[i + 1], path, range.high);
    }
}

void CborReader::read(json& field, const std::string& path, IndexMask& mask) {
    const WireArray array = wireArray(field, path, 2);
    require(array.type == PixelType::UInt8, path, "is not of dtype uint8");
    mask.size = {array.shape[1], array.shape[0]};
    mask.values = std::move(*array.data);
}

void CborReader::read(json& field, const std::string& path, AdapterFiles& files) {
    require(field.is_object(), path, "is no map");
    for (auto& [name, bytes] : field.items()) {
        require(isPlainFileName(name), path, "holds a name that is no plain file name");
        read(bytes, path + "." + name, files[name]);
    }
}

void CborReader::checkSizes(const LabelledImage& image, const std::string& path) {
    require(image.labels.values.empty() || image.labels.size == image.pixels.size, path,
            "has labels of another size than its pixels");
}

void CborReader::checkSizes(const ProposedMask& mask, const std::string& path) {
    require(mask.spans.size() % 3 == 0, path, "has a span that is not three numbers");
}

}  // namespace finebrush::messages
