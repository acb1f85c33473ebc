#pragma once

#include "core/base/result.h"
#include "core/image/image_memory.h"
#include "core/project/project_contents.h"
#include "core/session/images/opened_image.h"

#include <deque>
#include <filesystem>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

/// What the workers do with image files. All functions block and may run on any thread.
namespace finebrush {

/// The longer side of a thumbnail in px.
inline constexpr int kThumbnailSide = 96;

/// A thumbnail of an image, or of its overview.
Thumbnail thumbnailOf(const PixelBuffer& pixels, const DisplayMapping& display);

struct DescribedImage {
    ImageRecord record;
    std::optional<Error> remark;  ///< as `ImageContent::remark`
    int slices = 0;               ///< as `ImageEntry::slices`
};

/// Decodes an image for the first time and describes it; of a volume, the record says which slice it is. The
/// file is not read for its fingerprint where that is known, unless it is a slice of a series. Errors: as
/// `readImage`.
Result<DescribedImage> describeImage(const ImageAddress& address, const std::optional<FileFingerprint>& known,
                                     const ImageMemory& memory);

/// The files in a folder, or in the `images` in it, that may be images; of a volume one. Where none looks
/// like an image, those that do in the folders below it, each searched alike: a medium of DICOM files has
/// folders of patients, studies and series. Errors: as `filesIn`.
Result<std::vector<std::filesystem::path>> imagesIn(const std::filesystem::path& folder,
                                                    const std::stop_token& stop);

/// A file that a person added, or one of a folder that was: the latter is passed over where it is no image.
struct AddedFile {
    ImageAddress address;
    bool isNamed = true;
};

struct DescribedFiles {
    std::vector<Result<DescribedImage>> images;
    std::deque<AddedFile> left;
};

/// Describes as many files, and files in folders, as take a moment; what there was no time for is left. Where
/// a folder holds no image, the folders below it are searched.
DescribedFiles describeSome(std::deque<AddedFile> files, const ImageMemory& memory,
                            const std::stop_token& stop);

/// Decodes an image of the project for the screen; of a large one the overview, and of a slice of a series
/// the one that it is by now (see `SlicePlaces`). Errors: as `readImage`, and LabelsSizeMismatch where the
/// file holds an image of another size by now.
Result<OpenedImage> openImage(const ImageRecord& record, const ImageMemory& memory = {});

/// Decodes a slice of a volume that is only looked at, without an id and without counting its values, and
/// draws it. Errors: as `readImage`.
Result<OpenedImage> openPlane(const ImageAddress& slice, const DisplayMapping& display);

/// The records of images whose files were found below a folder by their content, with the new paths.
Result<std::vector<ImageRecord>> findMovedImages(std::vector<ImageRecord> missing,
                                                 const std::filesystem::path& folder,
                                                 const std::stop_token& stop);

}  // namespace finebrush
