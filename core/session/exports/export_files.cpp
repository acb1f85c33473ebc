#include "core/session/exports/export_files.h"

#include "core/base/files.h"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <map>
#include <string>
#include <system_error>

namespace finebrush {

tl::unexpected<Error> tooLarge(const ImageRecord& record) {
    return failure(ErrorCode::ExportTooLarge, {utf8(record.path), std::to_string(record.size.width),
                                               std::to_string(record.size.height)});
}

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

bool hasContent(const ExportInput::Image& image) {
    return (image.prediction && image.prediction->size() == image.record.size) ||
           (!image.cells.cells.empty() && image.cells.labels.size() == image.record.size) ||
           !image.labels.isEmpty();
}

std::vector<Error> incompletenessOf(const ExportInput& input) {
    // Of a volume, slices that were only looked at are no reason to say anything.
    std::map<std::filesystem::path, bool> files;
    int64_t inPart = 0;
    for (const ExportInput::Image& image : input.images) {
        const bool isExported = hasContent(image);
        files[image.record.path] = files[image.record.path] || isExported;
        if (!image.cells.cells.empty() && !image.cells.areWhole()) ++inPart;
    }
    const auto leftOut = std::ranges::count(files, false, [](const auto& file) { return file.second; });
    std::vector<Error> remarks;
    if (leftOut > 0) remarks.push_back({ErrorCode::ImagesLeftOut, {std::to_string(leftOut)}, {}});
    if (inPart > 0) remarks.push_back({ErrorCode::ImagesPredictedInPart, {std::to_string(inPart)}, {}});
    return remarks;
}

Result<ExportContent> prepareExport(const ExportInput& input, ExportedAs form) {
    ExportContent content;
    for (const ExportInput::Image& image : input.images) {
        if (!hasContent(image)) continue;
        if (form == ExportedAs::Whole && image.record.size.area() > input.mostPixels) {
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
    std::ranges::move(incompletenessOf(input), std::back_inserter(content.problems));
    return content;
}

std::vector<std::filesystem::path> existing(const std::vector<std::filesystem::path>& files) {
    std::vector<std::filesystem::path> found;
    std::error_code unreachable;
    std::copy_if(files.begin(), files.end(), std::back_inserter(found),
                 [&](const auto& file) { return std::filesystem::exists(file, unreachable); });
    return found;
}

ExportOutcome writeEach(const std::vector<std::filesystem::path>& files, bool mayReplace,
                        const std::stop_token& stop, const std::function<Written(size_t place)>& write) {
    ExportOutcome outcome;
    if (!mayReplace) outcome.inTheWay = existing(files);
    if (!outcome.inTheWay.empty()) return outcome;
    for (size_t i = 0; i < files.size() && !stop.stop_requested(); ++i) {
        const Written written = write(i);
        if (!written) {
            outcome.problems.push_back(written.error());
        } else if (*written) {
            outcome.files.push_back(files[i]);
        }
    }
    return outcome;
}

Result<ExportOutcome> exportEach(const ExportInput& input, const std::stop_token& stop,
                                 const FileName& nameOf, const WriteImage& write, ExportedAs form) {
    const Result<ExportContent> content = prepareExport(input, form);
    if (!content) return failure(content.error());
    const auto& [images, addresses, inputs, problems] = *content;

    std::vector<std::filesystem::path> files;
    for (const std::string& stem : exportStems(addresses))
        files.push_back(input.folder / pathFromUtf8(nameOf(stem)));
    ExportOutcome outcome = writeEach(files, input.mayReplace, stop, [&](size_t place) {
        return write(*images[place], files[place], inputs);
    });
    outcome.problems.insert(outcome.problems.begin(), problems.begin(), problems.end());
    return outcome;
}

}  // namespace finebrush
