#pragma once

#include "core/messages/fields.h"

#include <nlohmann/json.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace finebrush::messages {

/// A JSON value whose byte strings are borrowed, so that pixels are copied once: into the frame. It keeps the
/// order of keys, which puts "type" first in every frame.
using BorrowingJson =
    nlohmann::basic_json<nlohmann::ordered_map, std::vector, std::string, bool, std::int64_t, std::uint64_t,
                         double, std::allocator, nlohmann::adl_serializer, std::span<const uint8_t>>;

/// Builds the map of one value through `visitFields`. The value must outlive the map.
class CborWriter {
  public:
    template <typename Value>
    void operator()(const char* name, const Value& value) {
        map_[name] = toJson(value);
    }
    /// A field without a value is left out.
    template <typename Value>
    void operator()(const char* name, const std::optional<Value>& value) {
        if (value) map_[name] = toJson(*value);
    }

    template <typename Value>
    void later(const char* name, const Value& value) {
        (*this)(name, value);
    }

    BorrowingJson takeMap() { return std::move(map_); }

  private:
    template <typename Value>
    requires std::is_arithmetic_v<Value>
    static BorrowingJson toJson(Value value) { return value; }
    static BorrowingJson toJson(const std::string& text) { return text; }
    static BorrowingJson toJson(ErrorCode code) { return errorName(code); }
    template <typename Enum>
    requires std::is_enum_v<Enum>
    static BorrowingJson toJson(Enum value) {
        for (const auto& [known, name] : kEnumNames<Enum>) {
            if (known == value) return name;
        }
        throw std::invalid_argument("CborWriter: an enum's value has no name");
    }

    static BorrowingJson toJson(const std::vector<uint8_t>& bytes);
    static BorrowingJson toJson(const std::vector<float>& values);
    static BorrowingJson toJson(const PixelBuffer& pixels);
    static BorrowingJson toJson(const IndexMask& mask);
    static BorrowingJson toJson(const AdapterFiles& files);

    template <typename Value>
    static BorrowingJson toJson(const std::vector<Value>& values) {
        BorrowingJson array = BorrowingJson::array();
        for (const Value& value : values) array.push_back(toJson(value));
        return array;
    }
    template <typename Struct>
    requires std::is_class_v<Struct>
    static BorrowingJson toJson(const Struct& value) {
        CborWriter fields;
        visitFields(fields, value);
        return fields.takeMap();
    }

    BorrowingJson map_ = BorrowingJson::object();
};

}  // namespace finebrush::messages
