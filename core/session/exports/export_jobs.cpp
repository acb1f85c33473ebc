#include "core/session/exports/export_jobs.h"

#include "core/base/files.h"
#include "core/base/unfinished_file.h"
#include "core/exporters/coco_exporter.h"
#include "core/exporters/export_file.h"
#include "core/exporters/labelme_exporter.h"
#include "core/exporters/mask_exporter.h"
#include "core/exporters/overlay_exporter.h"
#include "core/image/raster/large_raster.h"
#include "core/labels/cell_labels.h"
#include "core/project/edits/label_merge.h"
#include "core/session/exports/export_files.h"
#include "core/session/images/image_jobs.h"

namespace finebrush {

LabelMap labelsOf(const ExportInput::Image& image, const ClassTable& classes) {
    if (!image.cells.cells.empty() && image.cells.labels.size() == image.labels.size())
        return mergedWhenRead(image.labels, image.cells.labels, classes, MergeOver::Unlabelled);
    const bool isPredicted = image.prediction && image.prediction->size() == image.labels.size();
    const PredictionPtr prediction = isPredicted ? image.prediction->unpacked() : nullptr;
    if (!prediction) return image.labels;
    return merged(image.labels, prediction->mask, classes, MergeOver::Unlabelled);
}

Result<ExportOutcome> exportMasks(const ExportInput& input, const std::stop_token& stop) {
    return exportEach(
        input, stop, maskFileName,
        [&](const ExportInput::Image& image, const std::filesystem::path& file, const InputFiles& inputs) {
            return exportMask(file, labelsOf(image, input.classes), input.classes, inputs, stop);
        },
        ExportedAs::Pieces);
}

Result<ExportOutcome> exportOverlays(const ExportInput& input, double opacity, const std::stop_token& stop) {
    return exportEach(
        input, stop, overlayFileName,
        [&](const ExportInput::Image& image, const std::filesystem::path& file,
            const InputFiles& inputs) -> Written {
            const Result<OpenedImage> opened = openImage(image.record, input.memory);
            if (!opened) return failure(opened.error());
            if (!opened->isLarge() && image.record.size.area() > input.mostPixels)
                return tooLarge(image.record);
            if (stop.stop_requested()) return false;
            const LabelMap labels = labelsOf(image, input.classes);
            const int level = opened->isLarge() ? opened->raster->overviewLevel() : 0;
            const IndexMask mask =
                labelsAtLevel(labels, level, RectInImage::ofSize(sizeOfLevel(image.record.size, level)));
            return exportOverlay(file, opened->displayed->bytes, mask, input.classes, opacity, inputs, stop);
        },
        ExportedAs::Pieces);
}

Result<ExportOutcome> exportCoco(const ExportInput& input, const std::filesystem::path& file,
                                 const std::stop_token& stop) {
    const Result<ExportContent> content = prepareExport(input);
    if (!content) return failure(content.error());
    const std::filesystem::path folder = commonFolder(content->inputs);
    std::vector<CocoImage> images;
    for (const ExportInput::Image* image : content->images) {
        const ImageAddress name(image->record.path.lexically_relative(folder), image->record.slice);
        images.push_back({toText(name), [image, &input] { return labelsOf(*image, input.classes); }});
    }
    const Written written = exportCoco(file, images, input.classes, content->inputs, stop);
    if (!written) return failure(written.error());
    ExportOutcome outcome{{}, content->problems, {}};
    if (*written) outcome.files.push_back(file);
    return outcome;
}

Result<ExportOutcome> exportLabelme(const ExportInput& input, const std::stop_token& stop) {
    return exportEach(
        input, stop, [](const std::string& stem) { return stem + ".json"; },
        [&](const ExportInput::Image& image, const std::filesystem::path& file, const InputFiles& inputs) {
            return exportLabelme(file, image.record.address(), labelsOf(image, input.classes), input.classes,
                                 inputs, stop);
        });
}

Result<ExportOutcome> exportAdapter(const messages::AdapterFiles& files, const std::filesystem::path& folder,
                                    bool mayReplace) {
    if (files.empty()) return failure(ErrorCode::NothingToExport);
    std::vector<std::filesystem::path> paths;
    // The names come from another process, or from a project file of unknown origin.
    for (const auto& [name, content] : files) {
        if (!isPlainFileName(name))
            return failure(ErrorCode::AdapterMalformed, {utf8(folder), "“" + name + "” is no file name"});
        paths.push_back(folder / pathFromUtf8(name));
    }
    if (Result<void> made = makeFolder(folder); !made) return failure(made.error());
    ExportOutcome outcome;
    if (!mayReplace) outcome.inTheWay = existing(paths);
    if (!outcome.inTheWay.empty()) return outcome;
    if (Result<void> written = writeTogether(folder, files); !written) return failure(written.error());
    outcome.files = std::move(paths);
    return outcome;
}

}  // namespace finebrush
