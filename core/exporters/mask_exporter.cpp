#include "core/exporters/mask_exporter.h"

#include "core/exporters/label_rows.h"
#include "core/exporters/png_rows.h"

namespace finebrush {

namespace {

/// Each class's colour at its value, black at any other.
Palette paletteOf(const ClassTable& classes) {
    Palette palette{};
    for (const LabelClass& entry : classes.classes()) {
        palette[entry.value] = {entry.colour.red, entry.colour.green, entry.colour.blue};
    }
    return palette;
}

}  // namespace

std::string maskFileName(const std::string& stem) {
    return stem + "_mask.png";
}

Result<bool> exportMask(const std::filesystem::path& file, const LabelMap& labels, const ClassTable& classes,
                        const InputFiles& inputs, const std::stop_token& stop) {
    const Palette palette = paletteOf(classes);
    LabelRows rows(labels);
    return writePng(
        file, labels.size(), &palette, [&](int y) { return rows.from(y); }, inputs, stop);
}

}  // namespace finebrush
