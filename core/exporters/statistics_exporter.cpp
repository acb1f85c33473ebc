#include "core/exporters/statistics_exporter.h"

#include "core/base/csv_text.h"
#include "core/base/number_text.h"

#include <array>
#include <charconv>

namespace finebrush {

namespace {

/// Without an exponent, and with a point whatever the locale.
std::string plainText(double number) {
    std::array<char, 400> text{};
    const auto end =
        std::to_chars(text.data(), text.data() + text.size(), number, std::chars_format::fixed).ptr;
    return {text.data(), end};
}

/// The number of as many digits that is nearest.
double rounded(double number, int digits) {
    std::array<char, 32> text{};
    const auto end = std::to_chars(text.data(), text.data() + text.size(), number,
                                   std::chars_format::scientific, digits - 1)
                         .ptr;
    return numberFrom({text.data(), end}).value_or(0);
}

std::string percentText(int64_t part, int64_t whole) {
    constexpr int kDigits = 6;
    return plainText(rounded(100.0 * static_cast<double>(part) / static_cast<double>(whole), kDigits));
}

std::string product(int64_t pixels, const std::optional<double>& ofPixel) {
    return ofPixel ? plainText(static_cast<double>(pixels) * *ofPixel) : std::string();
}

}  // namespace

std::string statisticsCsv(std::span<const LabelStatistics> statistics, const ClassTable& classes) {
    std::string text =
        csvRow({"image", "slice", "class", "value", "pixels", "percent", "area", "area_unit", "volume_mm3"});
    for (const LabelStatistics& one : statistics) {
        for (const LabelClass& entry : classes.classes()) {
            const int64_t pixels = one.counts.of(entry.value);
            text +=
                csvRow({one.image, one.slice, entry.name, std::to_string(entry.value), std::to_string(pixels),
                        percentText(pixels, one.pixels), product(pixels, one.areaOfPixel), one.areaUnit,
                        product(pixels, one.volumeOfPixel)});
        }
    }
    return text;
}

}  // namespace finebrush
