#include "core/exporters/mask_exporter.h"

#include "core/image/raster/raster_reader.h"

namespace finebrush {

std::string maskFileName(const std::string& stem) {
    return stem + "_mask.png";
}

Palette paletteOf(const ClassTable& classes) {
    Palette palette{};
    for (const LabelClass& entry : classes.classes()) {
        palette[entry.value] = {entry.colour.red, entry.colour.green, entry.colour.blue};
    }
    return palette;
}

Result<void> exportMask(const std::filesystem::path& file, const IndexMask& mask, const ClassTable& classes,
                        const InputFiles& inputs) {
    const Result<std::vector<uint8_t>> png = encodeIndexPng(mask, paletteOf(classes));
    if (!png) return failure(png.error());
    return writeExport(file, *png, inputs, [&] {
        const Result<IndexMask> read = readIndexMask(file);
        return read && *read == mask;
    });
}

}  // namespace finebrush
