#include "core/engine/label_file.h"

#include "core/base/files.h"
#include "core/image/raster/sample_conversion.h"

#include <algorithm>

namespace finebrush {

namespace {

constexpr int kTile = LabelMap::kTileSize;

bool isLabelled(const RectInImage& rows, const std::vector<uint8_t>& values, int column) {
    const int begin = column * kTile, end = std::min(begin + kTile, rows.width);
    for (int y = 0; y < rows.height; ++y) {
        const uint8_t* row = values.data() + static_cast<size_t>(y) * rows.width;
        if (std::any_of(row + begin, row + end, [](uint8_t value) { return value != kUnlabelled; }))
            return true;
    }
    return false;
}

}  // namespace

void LabelMeaning::apply(std::span<uint8_t> values) const {
    constexpr uint8_t kWhite = 255, kWhiteClass = 1;
    for (uint8_t& value : values) {
        if (value == ignored) {
            value = kUnlabelled;
        } else if (isBlackAndWhite && value == kWhite) {
            value = kWhiteClass;
        }
    }
}

Result<LabelFile> LabelFile::open(const std::filesystem::path& file, const LabelMeaning& meaning) {
    const Result<std::shared_ptr<const RasterLevels>> raster = RasterLevels::open(file, {});
    if (!raster) return failure(raster.error());
    const RasterLayout& layout = (*raster)->layout();
    const bool isIndexed = layout.storedBands == 1 && !layout.info.hasAlpha &&
                           layout.info.type == PixelType::UInt8 && layout.orientation <= 1;
    if (!isIndexed) return failure(ErrorCode::LabelsNotIndexed, {utf8(file)});
    return LabelFile(*raster, meaning);
}

Result<void> LabelFile::forEachRows(const std::function<bool(const RectInImage&)>& isWanted,
                                    const VisitRows& visit) const {
    for (int y = 0; y < size().height; y += kTile) {
        const RectInImage rows{0, y, size().width, std::min(kTile, size().height - y)};
        if (!isWanted(rows)) continue;
        Result<PixelBuffer> values = raster_->readStored(0, rows);
        if (!values) return failure(values.error());
        meaning_.apply(values->bytes);
        fillHidden(values->hidden, kUnlabelled, values->bytes);
        visit(rows, values->bytes);
    }
    return {};
}

Result<PaintedTiles> LabelFile::paintedTiles() const {
    PaintedTiles painted;
    const Result<void> read = forEachRows([](const RectInImage&) { return true; },
                                          [&](const RectInImage& rows, const std::vector<uint8_t>& values) {
                                              for (int column = 0; column * kTile < rows.width; ++column) {
                                                  if (isLabelled(rows, values, column))
                                                      painted.push_back({column, rows.y / kTile});
                                              }
                                          });
    if (!read) return failure(read.error());
    return painted;
}

Result<std::vector<IndexMask>> LabelFile::labelsOf(const std::vector<CellAddress>& cells) const {
    std::vector<IndexMask> labels;
    for (const CellAddress& cell : cells) {
        const RectInImage rect = cellRect(size(), cell);
        labels.push_back(
            {{rect.width, rect.height}, std::vector<uint8_t>(static_cast<size_t>(rect.area()), kUnlabelled)});
    }
    const auto meets = [&](const RectInImage& rows, const CellAddress& cell) {
        const RectInImage rect = cellRect(size(), cell);
        return rows.y >> cell.level < rect.bottom() && (rows.bottom() - 1) >> cell.level >= rect.y;
    };
    const Result<void> read = forEachRows(
        [&](const RectInImage& rows) {
            return std::ranges::any_of(cells, [&](const CellAddress& cell) { return meets(rows, cell); });
        },
        [&](const RectInImage& rows, const std::vector<uint8_t>& values) {
            for (size_t i = 0; i < cells.size(); ++i)
                layLabels(rows, values, cells[i].level, cellRect(size(), cells[i]), labels[i]);
        });
    if (!read) return failure(read.error());
    return labels;
}

}  // namespace finebrush
