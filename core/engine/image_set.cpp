#include "core/engine/image_set.h"

#include "core/base/files.h"
#include "core/image/display/displayed_input.h"
#include "core/image/image_reader.h"
#include "core/image/volume/volume_source.h"

#include <algorithm>
#include <utility>

namespace finebrush {

namespace {

/// The labels of an image in a folder; empty where there are none.
std::filesystem::path labelFileOf(const ImageAddress& image, const std::filesystem::path& folder) {
    for (const char* ending : {".png", "_mask.png", "_mask.tif", ".tif", ".tiff", ".PNG", ".TIF", ".TIFF"}) {
        std::filesystem::path file = folder / pathFromUtf8(stemOf(image) + ending);
        std::error_code problem;
        const bool isImage = std::filesystem::equivalent(file, image.file, problem);
        if (!isImage && std::filesystem::exists(file, problem)) return file;
    }
    return {};
}

}  // namespace

Result<std::vector<ImageAddress>> imagesNamed(const std::vector<std::filesystem::path>& arguments) {
    std::vector<ImageAddress> images;
    const auto add = [&](ImageAddress address) {
        if (std::ranges::find(images, address) == images.end()) images.push_back(std::move(address));
    };
    for (const std::filesystem::path& argument : arguments) {
        std::error_code problem;
        if (!std::filesystem::is_directory(argument, problem)) {
            ImageAddress address = addressFromText(utf8(argument));
            if (!std::filesystem::exists(address.file, problem))
                return failure(ErrorCode::FileMissing, {utf8(argument)});
            add(std::move(address));
            continue;
        }
        const auto files = filesIn(argument);
        if (!files) return failure(files.error());
        bool isAny = false;
        for (const std::filesystem::path& file : onePerVolume(*files)) {
            if (!isLikelyImage(file)) continue;
            isAny = true;
            add(file);
        }
        if (!isAny) return failure(ErrorCode::NoImages, {utf8(argument)});
    }
    return images;
}

Result<std::vector<ImagePair>> pairsWithLabels(const std::vector<ImageAddress>& images,
                                               const std::filesystem::path& labelFolder) {
    std::error_code problem;
    if (!std::filesystem::is_directory(labelFolder, problem)) {
        return failure(ErrorCode::FileMissing, {utf8(labelFolder)});
    }
    std::vector<ImagePair> pairs;
    for (const ImageAddress& image : images) {
        std::filesystem::path labels = labelFileOf(image, labelFolder);
        if (labels.empty()) continue;
        const auto same = std::ranges::find(pairs, labels, &ImagePair::labels);
        if (same != pairs.end()) {
            return failure(ErrorCode::LabelsShared, {utf8(labels), toText(same->image), toText(image)});
        }
        pairs.push_back({image, std::move(labels)});
    }
    if (pairs.empty()) return failure(ErrorCode::NoLabelledImages, {utf8(labelFolder)});
    return pairs;
}

Result<void> prepareFor(const InputRange& range, ImageContent& image, const std::string& name,
                        const TaughtDisplay& taught) {
    if (range.kind != InputRange::Kind::Displayed) return requireBands(range, image.pixels.bands, name);
    const auto alike = taught.mappingFor(image.pixels.type, image.pixels.bands);
    image.pixels = toDisplayedInput(image.pixels, alike.value_or(image.display));
    image.display = {};  // these pixels are shown as they are
    return {};
}

}  // namespace finebrush
