#include "core/engine/image_set.h"

#include "core/base/files.h"

#include <algorithm>
#include <cctype>
#include <set>

namespace finebrush {

namespace {

bool looksLikeImage(const std::filesystem::path& path) {
    static const std::set<std::string> extensions = {".png",  ".jpg", ".jpeg", ".tif",
                                                     ".tiff", ".bmp", ".jp2",  ".j2k"};
    std::string extension = path.extension().string();
    std::transform(extension.begin(), extension.end(), extension.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return extensions.contains(extension);
}

}  // namespace

Result<std::vector<std::filesystem::path>> imageFiles(const std::vector<std::filesystem::path>& arguments) {
    std::vector<std::filesystem::path> images;
    for (const std::filesystem::path& argument : arguments) {
        std::error_code problem;
        if (!std::filesystem::is_directory(argument, problem)) {
            if (!std::filesystem::exists(argument, problem))
                return failure(ErrorCode::FileMissing, {utf8(argument)});
            images.push_back(argument);
            continue;
        }
        const auto files = filesIn(argument);
        if (!files) return failure(files.error());
        const size_t before = images.size();
        std::copy_if(files->begin(), files->end(), std::back_inserter(images), looksLikeImage);
        if (images.size() == before) return failure(ErrorCode::NoImages, {utf8(argument)});
    }
    return images;
}

Result<std::vector<ImagePair>> pairsWithLabels(const std::vector<std::filesystem::path>& images,
                                               const std::filesystem::path& labelFolder) {
    std::error_code problem;
    if (!std::filesystem::is_directory(labelFolder, problem)) {
        return failure(ErrorCode::FileMissing, {utf8(labelFolder)});
    }
    std::vector<ImagePair> pairs;
    for (const std::filesystem::path& image : images) {
        std::filesystem::path labels = labelFolder / image.stem();
        labels += ".png";
        if (std::filesystem::exists(labels, problem)) pairs.push_back({image, labels});
    }
    if (pairs.empty()) return failure(ErrorCode::NoLabelledImages, {utf8(labelFolder)});
    return pairs;
}

}  // namespace finebrush
