#include "core/exporters/mask_exporter.h"

#include "core/exporters/png_rows.h"

#include <algorithm>
#include <vector>

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
    const PixelSize size = labels.size();
    const Palette palette = paletteOf(classes);
    std::vector<uint8_t> values;
    const auto rowsFrom = [&](int y) -> std::span<const uint8_t> {
        const RectInImage rows{0, y, size.width, std::min(LabelMap::kTileSize, size.height - y)};
        values.resize(static_cast<size_t>(rows.area()));
        labels.read(rows, values);
        return values;
    };
    return writePng(file, size, &palette, rowsFrom, inputs, stop);
}

}  // namespace finebrush
