#include "core/checkpoint/safetensors_header.h"

#include "core/base/text.h"
#include "core/checkpoint/malformed.h"
#include "core/checkpoint/tensor_bytes.h"

#include <nlohmann/json.hpp>

#include <array>
#include <limits>
#include <set>
#include <unordered_set>
#include <utility>

namespace finebrush {

namespace {

constexpr std::array<std::pair<std::string_view, torch::ScalarType>, 14> kTypes{{
    {"BOOL", torch::kBool},
    {"U8", torch::kByte},
    {"I8", torch::kChar},
    {"U16", torch::kUInt16},
    {"I16", torch::kShort},
    {"F16", torch::kHalf},
    {"BF16", torch::kBFloat16},
    {"U32", torch::kUInt32},
    {"I32", torch::kInt},
    {"F32", torch::kFloat},
    {"U64", torch::kUInt64},
    {"I64", torch::kLong},
    {"F64", torch::kDouble},
    {"C64", torch::kComplexFloat},
}};

[[noreturn]] void refuseJson(const std::string& reason, const std::string& tensor = {}) {
    throw MalformedCheckpoint("invalid JSON in header: " + reason,
                              tensor.empty() ? "" : "tensor `" + printable(tensor) + "`");
}

/// Follows the parser through the header and keeps only what the format knows, so that a header of 100 MB of
/// nested arrays costs no tree. nlohmann's parser keeps its own stack and does not recurse.
class HeaderHandler : public nlohmann::json_sax<nlohmann::json> {
  public:
    SafetensorsHeader take() { return std::move(header_); }

    bool start_object(size_t) override {
        switch (place_) {
            case Place::Outside:
                place_ = Place::Top;
                return true;
            case Place::Top:
                place_ = name_ == "__metadata__" ? Place::Metadata : Place::Entry;
                if (place_ == Place::Entry) startEntry();
                return true;
            case Place::Entry:
                return startIgnored("map");
            case Place::Ignored:
                ++ignoredDepth_;
                return true;
            default:
                refuseType("map");
        }
    }

    bool end_object() override {
        switch (place_) {
            case Place::Entry:
                endEntry();
                place_ = Place::Top;
                break;
            case Place::Metadata:
                place_ = Place::Top;
                break;
            case Place::Ignored:
                endIgnored();
                break;
            default:
                place_ = Place::Outside;
                break;
        }
        return true;
    }

    bool key(std::string& key) override {
        if (place_ == Place::Ignored) return true;
        if (place_ == Place::Top) {
            requireNew(names_.insert(key).second, key);
            if (names_.size() > kMaxEntries) refuseJson("too many tensors");
            name_ = key;
        } else if (place_ == Place::Entry) {
            requireNew(fields_.insert(key).second, key);
            field_ = key;
        } else {
            requireNew(!header_.metadata.contains(key), key);
            if (header_.metadata.size() > kMaxEntries) refuseJson("too much metadata");
            field_ = key;
        }
        return true;
    }

    bool start_array(size_t) override {
        if (place_ == Place::Ignored) {
            ++ignoredDepth_;
        } else if (place_ == Place::Entry && field_ == "shape") {
            place_ = Place::Shape;
        } else if (place_ == Place::Entry && field_ == "data_offsets") {
            place_ = Place::Offsets;
        } else if (place_ == Place::Entry) {
            return startIgnored("sequence");
        } else {
            refuseType("sequence");
        }
        return true;
    }

    bool end_array() override {
        if (place_ == Place::Ignored)
            endIgnored();
        else
            place_ = Place::Entry;
        return true;
    }

    bool string(std::string& text) override {
        if (place_ == Place::Metadata) {
            header_.metadata.emplace(field_, std::move(text));
        } else if (place_ == Place::Entry && field_ == "dtype") {
            const auto type = typeOfSafetensors(text);
            if (!type) refuseJson("unknown variant `" + printable(text) + "` of dtype", name_);
            header_.entries.back().type = *type;
        } else {
            requireIgnored("string");
        }
        return true;
    }

    bool number_unsigned(uint64_t number) override {
        if (place_ == Place::Shape) {
            if (number > uint64_t{std::numeric_limits<int64_t>::max()})
                refuseJson("size beyond 63 bits", name_);
            if (header_.entries.back().shape.size() == kMaxRank) refuseJson("too many dimensions", name_);
            header_.entries.back().shape.push_back(static_cast<int64_t>(number));
        } else if (place_ == Place::Offsets) {
            addOffset(number);
        } else {
            requireIgnored("integer `" + std::to_string(number) + "`");
        }
        return true;
    }

    bool number_integer(int64_t number) override {
        if (place_ == Place::Shape || place_ == Place::Offsets) {
            refuseJson("invalid value: integer `" + std::to_string(number) + "`, expected usize", name_);
        }
        requireIgnored("integer `" + std::to_string(number) + "`");
        return true;
    }

    bool number_float(double, const std::string& text) override {
        requireIgnored("floating point `" + printable(text) + "`");
        return true;
    }

    bool null() override {
        requireIgnored("null");
        return true;
    }

    bool boolean(bool) override {
        requireIgnored("boolean");
        return true;
    }

    bool binary(nlohmann::json::binary_t&) override {
        requireIgnored("bytes");
        return true;
    }

    bool parse_error(size_t position, const std::string&,
                     const nlohmann::detail::exception& problem) override {
        throw MalformedCheckpoint(
            "invalid JSON in header: expected value at byte " + std::to_string(position), problem.what());
    }

  private:
    enum class Place { Outside, Top, Metadata, Entry, Shape, Offsets, Ignored };

    void startEntry() {
        header_.entries.push_back({name_, torch::kFloat, {}, 0, 0});
        fields_.clear();
        offsets_ = 0;
    }

    void endEntry() {
        for (const char* field : {"dtype", "shape", "data_offsets"}) {
            if (!fields_.contains(field)) refuseJson(std::string("missing field `") + field + "`", name_);
        }
        if (offsets_ != 2) refuseJson("invalid length of `data_offsets`, expected 2", name_);
    }

    void addOffset(uint64_t offset) {
        SafetensorsEntry& entry = header_.entries.back();
        (offsets_ == 0 ? entry.begin : entry.end) = offset;
        if (++offsets_ > 2) refuseJson("invalid length of `data_offsets`, expected 2", name_);
    }

    /// Unknown fields of a tensor are passed over, as the reference does.
    bool isUnknownField() const {
        return place_ == Place::Entry && field_ != "dtype" && field_ != "shape" && field_ != "data_offsets";
    }

    bool startIgnored(const char* type) {
        if (!isUnknownField()) refuseType(type);
        place_ = Place::Ignored;
        ignoredDepth_ = 1;
        return true;
    }

    void endIgnored() {
        if (--ignoredDepth_ == 0) place_ = Place::Entry;
    }

    void requireIgnored(const std::string& type) const {
        if (place_ != Place::Ignored && !isUnknownField()) refuseType(type);
    }

    static void requireNew(bool isNew, const std::string& key) {
        if (!isNew) refuseJson("duplicate key `" + printable(key) + "`");
    }

    [[noreturn]] void refuseType(const std::string& type) const {
        const char* expected = "a map";
        if (place_ == Place::Metadata) expected = "a string";
        if (place_ == Place::Shape || place_ == Place::Offsets) expected = "usize";
        if (place_ == Place::Entry) expected = field_ == "dtype" ? "a string" : "a sequence";
        refuseJson("invalid type: " + type + ", expected " + expected, name_);
    }

    SafetensorsHeader header_;
    Place place_ = Place::Outside;
    std::string name_;   ///< the key at the top
    std::string field_;  ///< the key within an entry or the metadata
    std::unordered_set<std::string> names_;
    std::set<std::string, std::less<>> fields_;
    int offsets_ = 0;
    uint64_t ignoredDepth_ = 0;
};

}  // namespace

std::optional<std::string_view> safetensorsTypeName(torch::ScalarType type) {
    for (const auto& [name, known] : kTypes) {
        if (known == type) return name;
    }
    return std::nullopt;
}

std::optional<torch::ScalarType> typeOfSafetensors(std::string_view name) {
    for (const auto& [known, type] : kTypes) {
        if (known == name) return type;
    }
    return std::nullopt;
}

SafetensorsHeader parseSafetensorsHeader(std::string_view json) {
    if (json.empty()) refuseJson("EOF while parsing a value");
    if (!isUtf8(json)) throw MalformedCheckpoint("invalid UTF-8 in header");
    if (json.front() != '{' && json.front() != '[')
        refuseJson("expected value, the header must begin with `{`");
    HeaderHandler handler;
    nlohmann::json::sax_parse(json, &handler);
    return handler.take();
}

}  // namespace finebrush
