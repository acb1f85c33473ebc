#pragma once

#include "core/exporters/export_file.h"
#include "core/session/exports/export_jobs.h"

#include <functional>
#include <string>

/// What all exports have in common.
namespace finebrush {

/// True where there is a label or a prediction.
bool hasContent(const ExportInput::Image& image);

/// What an export of all of these lacks: files of which nothing is labelled or predicted, and large images
/// that are predicted in part.
std::vector<Error> incompletenessOf(const ExportInput& input);

/// The deepest folder that holds all files, of which there are some.
std::filesystem::path commonFolder(const InputFiles& files);

/// What an export works on: the images that have something to export, and their files.
struct ExportContent {
    std::vector<const ExportInput::Image*> images;
    std::vector<ImageAddress> addresses;
    InputFiles inputs;
    std::vector<Error> problems;  ///< of images that are left out, or not whole
};

/// What is exported is made as a whole and would take too much memory, or is written piece by piece.
enum class ExportedAs { Whole, Pieces };

/// Why an image is left out.
tl::unexpected<Error> tooLarge(const ImageRecord& record);

/// Also makes the folder. Errors: NothingToExport, ExportTooLarge where all are, and those of `makeFolder`.
Result<ExportContent> prepareExport(const ExportInput& input, ExportedAs form = ExportedAs::Whole);

std::vector<std::filesystem::path> existing(const std::vector<std::filesystem::path>& files);

/// What becomes of a file of an export: false where it was asked to stop, and has written none.
using Written = Result<bool>;

/// Writes one file after the other with `write`, unless one is in the way.
ExportOutcome writeEach(const std::vector<std::filesystem::path>& files, bool mayReplace,
                        const std::stop_token& stop, const std::function<Written(size_t place)>& write);

using FileName = std::function<std::string(const std::string& stem)>;
using WriteImage = std::function<Written(const ExportInput::Image&, const std::filesystem::path& file,
                                         const InputFiles& inputs)>;

/// Calls `write` for each image that has something to export, unless a file is in the way.
Result<ExportOutcome> exportEach(const ExportInput& input, const std::stop_token& stop,
                                 const FileName& nameOf, const WriteImage& write,
                                 ExportedAs form = ExportedAs::Whole);

}  // namespace finebrush
