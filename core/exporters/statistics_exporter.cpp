#include "core/exporters/statistics_exporter.h"

#include <array>
#include <charconv>
#include <initializer_list>

namespace finebrush {

namespace {

constexpr const char* kLineEnd = "\r\n";

/// Quoted where a reader would take it for more than one field.
std::string field(const std::string& text) {
    if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
    std::string quoted = "\"";
    for (const char letter : text) {
        if (letter == '"') quoted += '"';
        quoted += letter;
    }
    return quoted + '"';
}

/// Without an exponent, and with a point whatever the locale.
std::string plainText(double number) {
    std::array<char, 400> text{};
    const auto end =
        std::to_chars(text.data(), text.data() + text.size(), number, std::chars_format::fixed).ptr;
    return {text.data(), end};
}

std::string percentText(int64_t part, int64_t whole) {
    return plainText(100.0 * static_cast<double>(part) / static_cast<double>(whole));
}

std::string product(int64_t pixels, const std::optional<double>& ofPixel) {
    return ofPixel ? plainText(static_cast<double>(pixels) * *ofPixel) : std::string();
}

std::string line(std::initializer_list<std::string> fields) {
    std::string text;
    for (const std::string& one : fields) text += field(one) + ',';
    text.pop_back();
    return text + kLineEnd;
}

}  // namespace

std::string statisticsCsv(std::span<const LabelStatistics> statistics, const ClassTable& classes) {
    std::string text =
        line({"image", "slice", "class", "value", "pixels", "percent", "area", "area_unit", "volume_mm3"});
    for (const LabelStatistics& one : statistics) {
        for (const LabelClass& entry : classes.classes()) {
            const int64_t pixels = one.counts.of(entry.value);
            text +=
                line({one.image, one.slice, entry.name, std::to_string(entry.value), std::to_string(pixels),
                      percentText(pixels, one.pixels), product(pixels, one.areaOfPixel), one.areaUnit,
                      product(pixels, one.volumeOfPixel)});
        }
    }
    return text;
}

}  // namespace finebrush
