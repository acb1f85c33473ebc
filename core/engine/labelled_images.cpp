#include "core/engine/labelled_images.h"

#include "core/base/files.h"
#include "core/base/log.h"
#include "core/base/text.h"
#include "core/image/raster/large_raster.h"
#include "core/image/raster/raster_reader.h"
#include "core/image/raster/raster_window.h"
#include "core/image/volume/volume_source.h"
#include "core/project/input_limits.h"

#include <algorithm>
#include <iterator>
#include <memory>
#include <utility>

namespace finebrush {

namespace {

/// A large image, and where it is labelled.
struct LargeSource {
    ImagePair pair;
    std::shared_ptr<LargeRaster> raster;
    LabelFile labels;
    PaintedTiles painted;
};

tl::unexpected<Error> sizesDiffer(const ImagePair& pair, PixelSize labels, PixelSize image) {
    const auto text = [](PixelSize size) { return formatted("%d × %d", size.width, size.height); };
    return failure(ErrorCode::LabelsSizeMismatch, {utf8(pair.labels), text(labels), text(image)});
}

Result<messages::LabelledImage> readWhole(const ImagePair& pair, const InputRange& range,
                                          const LabelMeaning& meaning) {
    auto image = readImage(pair.image, kMostModelBytes);
    if (!image) return failure(image.error());
    if (image->remark) logWarning(describe(*image->remark));
    if (const auto fits = prepareFor(range, *image, toText(pair.image)); !fits) return failure(fits.error());
    auto labels = readIndexMask(pair.labels);
    if (!labels) return failure(labels.error());
    meaning.apply(labels->values);
    if (labels->size != image->pixels.size) return sizesDiffer(pair, labels->size, image->pixels.size);
    return messages::LabelledImage{toText(pair.image), std::move(image->pixels), std::move(*labels)};
}

Result<LargeSource> openLarge(const ImagePair& pair, std::shared_ptr<LargeRaster> raster,
                              const LabelMeaning& meaning) {
    const Result<LabelFile> labels = LabelFile::open(pair.labels, meaning);
    if (!labels) return failure(labels.error());
    if (labels->size() != raster->size()) return sizesDiffer(pair, labels->size(), raster->size());
    Result<PaintedTiles> painted = labels->paintedTiles();
    if (!painted) return failure(painted.error());
    return LargeSource{pair, std::move(raster), *labels, std::move(*painted)};
}

Result<std::vector<messages::LabelledImage>> readCells(const LargeSource& large, int level,
                                                       const InputRange& range, const TellProgress& tell) {
    const Result<std::optional<DisplayMapping>> shownAs = mappingForModel(*large.raster, range);
    if (!shownAs) return failure(shownAs.error());
    const Result<std::vector<ValueRange>> limits = limitsForModel(*large.raster, range, tell, {});
    if (!limits) return failure(limits.error());
    const std::vector<CellAddress> cells = paintedCells(large.painted, level);
    Result<std::vector<IndexMask>> labels = large.labels.labelsOf(cells);
    if (!labels) return failure(labels.error());
    std::vector<messages::LabelledImage> images;
    for (size_t i = 0; i < cells.size(); ++i) {
        Result<PixelBuffer> pixels =
            windowForModel(*large.raster, level, cellRect(large.raster->size(), cells[i]), *shownAs, *limits);
        if (!pixels) return failure(pixels.error());
        images.push_back(
            {cellId(toText(large.pair.image), cells[i]), std::move(*pixels), std::move((*labels)[i])});
    }
    return images;
}

}  // namespace

Result<std::optional<DisplayMapping>> mappingForModel(const LargeRaster& raster, const InputRange& range,
                                                      const TaughtDisplay& taught) {
    const PixelBuffer like = raster.emptyPixels();
    if (range.kind != InputRange::Kind::Displayed) {
        const Result<void> fits = requireBands(range, like.bands, utf8(raster.file()));
        return fits ? Result<std::optional<DisplayMapping>>(std::nullopt) : failure(fits.error());
    }
    if (auto alike = taught.mappingFor(like.type, like.bands)) return alike;
    const Result<PixelBuffer> overview = raster.readOverview();
    if (!overview) return failure(overview.error());
    return std::optional(raster.usualDisplay(*overview));
}

Result<std::vector<messages::LabelledImage>> readLabelledImages(
    const std::vector<ImagePair>& pairs, const InputRange& range, std::optional<int> level,
    const ImageMemory& memory, const TellProgress& tell, const LabelMeaning& meaning) {
    std::vector<messages::LabelledImage> images;
    std::vector<LargeSource> large;
    for (const ImagePair& pair : pairs) {
        tell("reading images", double(images.size() + large.size()) / double(pairs.size()));
        if (auto raster = LargeRaster::ofImage(pair.image, memory)) {
            if (const auto remark = VolumeSource::whyNone(pair.image.file)) logWarning(describe(*remark));
            Result<LargeSource> source = openLarge(pair, std::move(raster), meaning);
            if (!source) return failure(source.error());
            large.push_back(std::move(*source));
        } else {
            Result<messages::LabelledImage> image = readWhole(pair, range, meaning);
            if (!image) return failure(image.error());
            images.push_back(std::move(*image));
        }
    }
    int common = level.value_or(0);
    if (!level) {
        for (const LargeSource& one : large)
            common = std::max(common, levelForPainting(one.painted, one.raster->overviewLevel()));
    }
    for (const LargeSource& one : large) {
        const Result<void> readable = makeReadable(*one.raster, common, tell, {});
        if (!readable) return failure(readable.error());
        Result<std::vector<messages::LabelledImage>> cells = readCells(one, common, range, tell);
        if (!cells) return failure(cells.error());
        std::ranges::move(*cells, std::back_inserter(images));
    }
    return images;
}

}  // namespace finebrush
