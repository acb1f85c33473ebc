#include "core/session/export_jobs.h"

#include "core/base/files.h"
#include "core/exporters/coco_exporter.h"
#include "core/exporters/export_file.h"
#include "core/exporters/labelme_exporter.h"
#include "core/exporters/mask_exporter.h"
#include "core/exporters/overlay_exporter.h"
#include "core/project/label_merge.h"
#include "core/session/image_jobs.h"

#include <algorithm>
#include <functional>
#include <iterator>
#include <system_error>

namespace finebrush {

namespace {

/// Masks are made as a whole; those of larger images would take too much memory.
constexpr int64_t kMostPixels = int64_t{512} << 20;

tl::unexpected<Error> tooLarge(const ImageRecord& record) {
    return failure(ErrorCode::ExportTooLarge, {utf8(record.path), std::to_string(record.size.width),
                                               std::to_string(record.size.height)});
}

bool hasContent(const ExportInput::Image& image) {
    return (image.prediction && image.prediction->mask.size == image.record.size) || !image.labels.isEmpty();
}

using FileName = std::function<std::string(const std::string& stem)>;
using WriteImage = std::function<Result<void>(const ExportInput::Image&, const std::filesystem::path& file,
                                              const InputFiles& inputs)>;

/// What an export works on: the images that have something to export, and their files.
struct ExportContent {
    std::vector<const ExportInput::Image*> images;
    std::vector<ImageAddress> addresses;
    InputFiles inputs;
    std::vector<Error> problems;  ///< of images that are left out
};

/// Also makes the folder. Errors: NothingToExport, ExportTooLarge where all are, and those of `makeFolder`.
Result<ExportContent> prepareExport(const ExportInput& input) {
    ExportContent content;
    for (const ExportInput::Image& image : input.images) {
        if (!hasContent(image)) continue;
        if (image.record.size.area() > kMostPixels) {
            content.problems.push_back(tooLarge(image.record).value());
            continue;
        }
        content.images.push_back(&image);
        content.addresses.push_back(image.record.address());
    }
    content.inputs = filesOf(content.addresses);
    if (content.images.empty() && !content.problems.empty()) return failure(content.problems.front());
    if (content.images.empty()) return failure(ErrorCode::NothingToExport);
    if (Result<void> folder = makeFolder(input.folder); !folder) return failure(folder.error());
    return content;
}

std::vector<std::filesystem::path> existing(const std::vector<std::filesystem::path>& files) {
    std::vector<std::filesystem::path> found;
    std::error_code unreachable;
    std::copy_if(files.begin(), files.end(), std::back_inserter(found),
                 [&](const auto& file) { return std::filesystem::exists(file, unreachable); });
    return found;
}

/// Calls `write` for each image that has something to export, unless a file is in the way.
Result<ExportOutcome> exportEach(const ExportInput& input, const std::stop_token& stop,
                                 const FileName& nameOf, const WriteImage& write) {
    const Result<ExportContent> content = prepareExport(input);
    if (!content) return failure(content.error());
    const auto& [images, addresses, inputs, problems] = *content;

    std::vector<std::filesystem::path> files;
    for (const std::string& stem : exportStems(addresses))
        files.push_back(input.folder / pathFromUtf8(nameOf(stem)));
    ExportOutcome outcome;
    if (!input.mayReplace) outcome.inTheWay = existing(files);
    if (!outcome.inTheWay.empty()) return outcome;
    outcome.problems = problems;
    for (size_t i = 0; i < images.size() && !stop.stop_requested(); ++i) {
        if (Result<void> written = write(*images[i], files[i], inputs); written) {
            outcome.files.push_back(files[i]);
        } else {
            outcome.problems.push_back(written.error());
        }
    }
    return outcome;
}

/// The deepest folder that holds all files.
std::filesystem::path commonFolder(const InputFiles& files) {
    std::filesystem::path common = files.front().parent_path();
    for (const std::filesystem::path& file : files) {
        const auto leavesFolder = [&] {
            const std::filesystem::path rest = file.lexically_relative(common);
            return rest.empty() || *rest.begin() == "..";
        };
        while (common.has_relative_path() && leavesFolder()) common = common.parent_path();
    }
    return common;
}

}  // namespace

IndexMask maskOf(const ExportInput::Image& image, const ClassTable& classes) {
    const bool isPredicted = image.prediction && image.prediction->mask.size == image.labels.size();
    if (!isPredicted) return image.labels.toMask();
    return merged(image.labels, image.prediction->mask, classes, MergeOver::Unlabelled).toMask();
}

Result<ExportOutcome> exportMasks(const ExportInput& input, const std::stop_token& stop) {
    return exportEach(
        input, stop, maskFileName,
        [&](const ExportInput::Image& image, const std::filesystem::path& file, const InputFiles& inputs) {
            return exportMask(file, maskOf(image, input.classes), input.classes, inputs);
        });
}

Result<ExportOutcome> exportOverlays(const ExportInput& input, double opacity, const std::stop_token& stop) {
    return exportEach(input, stop, overlayFileName,
                      [&](const ExportInput::Image& image, const std::filesystem::path& file,
                          const InputFiles& inputs) -> Result<void> {
                          const Result<OpenedImage> opened = openImage(image.record);
                          if (!opened) return failure(opened.error());
                          if (opened->isLarge()) return tooLarge(image.record);
                          return exportOverlay(file, opened->displayRgb, maskOf(image, input.classes),
                                               input.classes, opacity, inputs);
                      });
}

Result<ExportOutcome> exportCoco(const ExportInput& input, const std::filesystem::path& file) {
    const Result<ExportContent> content = prepareExport(input);
    if (!content) return failure(content.error());
    const std::filesystem::path folder = commonFolder(content->inputs);
    std::vector<CocoImage> images;
    for (const ExportInput::Image* image : content->images) {
        const ImageAddress name(image->record.path.lexically_relative(folder), image->record.slice);
        images.push_back({toText(name), maskOf(*image, input.classes)});
    }
    const Result<void> written = exportCoco(file, images, input.classes, content->inputs);
    if (!written) return failure(written.error());
    return ExportOutcome{{file}, content->problems, {}};
}

Result<ExportOutcome> exportLabelme(const ExportInput& input, const std::stop_token& stop) {
    return exportEach(
        input, stop, [](const std::string& stem) { return stem + ".json"; },
        [&](const ExportInput::Image& image, const std::filesystem::path& file, const InputFiles& inputs) {
            return exportLabelme(file, image.record.path, maskOf(image, input.classes), input.classes,
                                 inputs);
        });
}

Result<ExportOutcome> exportAdapter(const messages::AdapterFiles& files, const std::filesystem::path& folder,
                                    bool mayReplace) {
    if (files.empty()) return failure(ErrorCode::NothingToExport);
    std::vector<std::filesystem::path> paths;
    // The names come from another process, or from a project file of unknown origin.
    for (const auto& [name, content] : files) {
        const bool isPlain = !name.empty() && name != "." && name != ".." &&
                             name.find('/') == std::string::npos && name.find('\0') == std::string::npos;
        if (!isPlain)
            return failure(ErrorCode::AdapterMalformed, {utf8(folder), "“" + name + "” is no file name"});
        paths.push_back(folder / pathFromUtf8(name));
    }
    if (Result<void> made = makeFolder(folder); !made) return failure(made.error());
    ExportOutcome outcome;
    if (!mayReplace) outcome.inTheWay = existing(paths);
    if (!outcome.inTheWay.empty()) return outcome;
    for (size_t i = 0; const auto& [name, content] : files) {
        const std::filesystem::path& file = paths[i++];
        if (Result<void> written = writeFileAtomically(file, content); !written) {
            outcome.problems.push_back(written.error());
        } else {
            outcome.files.push_back(file);
        }
    }
    return outcome;
}

}  // namespace finebrush
