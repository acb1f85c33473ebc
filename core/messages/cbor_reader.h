#pragma once

#include "core/messages/fields.h"

#include <nlohmann/json.hpp>

#include <concepts>
#include <cstdint>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace finebrush::messages {

/// Why a body is no message. Thrown and caught within the codec.
class Malformed : public std::runtime_error {
  public:
    using std::runtime_error::runtime_error;
};

/// Parses a body whose nesting is as shallow as that of the messages. Errors: throws `Malformed`.
nlohmann::json parseCbor(std::span<const uint8_t> body);

/// Fills a value from its map through `visitFields`, moving byte strings out of the map. Each field must be
/// there with its own type; fields that are not known are left alone. Errors: throws `Malformed`.
class CborReader {
  public:
    /// `path` names the map in reasons ("images[1].pixels").
    CborReader(nlohmann::json& map, std::string path) : map_(map), path_(std::move(path)) {
        require(map_.is_object(), path_, "is no map");
    }

    template <typename Value>
    void operator()(const char* name, Value& value) {
        const auto field = map_.find(name);
        require(field != map_.end(), pathOf(name), "is missing");
        read(*field, pathOf(name), value);
    }
    template <typename Value>
    void operator()(const char* name, std::optional<Value>& value) {
        if (const auto field = map_.find(name); field != map_.end()) {
            read(*field, pathOf(name), value.emplace());
        }
    }

    /// A field that came later: where it is not there, the value stays as it is. Projects keep old messages.
    template <typename Value>
    void later(const char* name, Value& value) {
        if (map_.contains(name)) (*this)(name, value);
    }

  private:
    static void require(bool condition, const std::string& path, const std::string& problem) {
        if (!condition) throw Malformed("“" + path + "” " + problem);
    }
    std::string pathOf(const char* name) const { return path_.empty() ? name : path_ + "." + name; }

    static void read(nlohmann::json& field, const std::string& path, bool& value);
    static void read(nlohmann::json& field, const std::string& path, double& value);
    static void read(nlohmann::json& field, const std::string& path, std::string& text);
    static void read(nlohmann::json& field, const std::string& path, ErrorCode& code);
    static void read(nlohmann::json& field, const std::string& path, std::vector<uint8_t>& bytes);
    static void read(nlohmann::json& field, const std::string& path, std::vector<float>& values);
    static void read(nlohmann::json& field, const std::string& path, PixelBuffer& pixels);
    static void readLimits(nlohmann::json& field, const std::string& path, std::vector<ValueRange>& limits);
    static void read(nlohmann::json& field, const std::string& path, IndexMask& mask);
    static void read(nlohmann::json& field, const std::string& path, AdapterFiles& files);

    template <std::integral Integer>
    static void read(nlohmann::json& field, const std::string& path, Integer& value) {
        require(field.is_number_integer(), path, "is no whole number");
        const bool fits = field.is_number_unsigned() ? std::in_range<Integer>(field.get<uint64_t>())
                                                     : std::in_range<Integer>(field.get<int64_t>());
        require(fits, path, "is out of range");
        value = field.get<Integer>();
    }
    template <typename Enum>
    requires std::is_enum_v<Enum>
    static void read(nlohmann::json& field, const std::string& path, Enum& value) {
        std::string text;
        read(field, path, text);
        for (const auto& [known, name] : kEnumNames<Enum>) {
            if (text == name) {
                value = known;
                return;
            }
        }
        require(false, path, "is none of the known names");
    }
    template <typename Value>
    static void read(nlohmann::json& field, const std::string& path, std::vector<Value>& values) {
        require(field.is_array(), path, "is no list");
        for (nlohmann::json& item : field) {
            const std::string itemPath = path + "[" + std::to_string(values.size()) + "]";
            read(item, itemPath, values.emplace_back());
        }
    }
    template <typename Struct>
    requires std::is_class_v<Struct>
    static void read(nlohmann::json& field, const std::string& path, Struct& value) {
        CborReader fields(field, path);
        visitFields(fields, value);
        checkSizes(value, path);
    }

    template <typename Struct>
    static void checkSizes(const Struct&, const std::string&) {}
    static void checkSizes(const LabelledImage& image, const std::string& path);
    static void checkSizes(const ProposedMask& mask, const std::string& path);

    nlohmann::json& map_;
    std::string path_;
};

}  // namespace finebrush::messages
