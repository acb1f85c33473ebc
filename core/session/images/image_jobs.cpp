#include "core/session/images/image_jobs.h"

#include "core/base/files.h"
#include "core/base/project_file_name.h"
#include "core/base/uuid.h"
#include "core/image/image_reader.h"
#include "core/image/raster/large_raster.h"
#include "core/image/volume/volume_source.h"
#include "core/session/images/display_painter.h"
#include "core/session/images/slice_places.h"

#include <algorithm>
#include <chrono>
#include <cstring>
#include <iterator>
#include <utility>

namespace finebrush {

namespace {

constexpr auto kMoment = std::chrono::milliseconds(200);

bool isNumberedBefore(const std::filesystem::path& one, const std::filesystem::path& other) {
    return ::strverscmp(one.c_str(), other.c_str()) < 0;
}

/// The folders in which images may lie beside each other, below one; none that is hidden, or of labels.
std::vector<std::filesystem::path> foldersIn(const std::filesystem::path& folder) {
    std::vector<std::filesystem::path> folders;
    std::error_code problem;
    for (std::filesystem::directory_iterator entry(folder, problem), end; !problem && entry != end;
         entry.increment(problem)) {
        const std::string name = entry->path().filename().string();
        const bool isSearched = !name.starts_with('.') && name != "labels";
        std::error_code unknown;
        if (isSearched && entry->is_directory(unknown) && !entry->is_symlink(unknown))
            folders.push_back(entry->path());
    }
    std::ranges::sort(folders, isNumberedBefore);
    return folders;
}

/// Looks for images in a folder and, where it holds none, in those below it.
class ImageSearch {
  public:
    explicit ImageSearch(const std::stop_token& stop) : stop_(stop) {}

    /// As the function of that name.
    Result<std::vector<std::filesystem::path>> imagesIn(const std::filesystem::path& folder) {
        auto own = filesOf(folder);
        if (!own || std::ranges::any_of(*own, isLikelyImage)) return own;
        addBelow(folder, 0);
        if (found_.empty()) return own;
        return std::move(found_);
    }

  private:
    static constexpr int kMostLevels = 8;
    static constexpr int kMostFolders = 20000;

    Result<std::vector<std::filesystem::path>> filesOf(const std::filesystem::path& folder) const {
        std::error_code problem;
        const std::filesystem::path images = folder / "images";
        auto files = filesIn(std::filesystem::is_directory(images, problem) ? images : folder);
        if (!files) return failure(files.error());
        // It lists the others of a medium and is no image itself.
        std::erase_if(*files, [](const auto& file) { return file.filename() == "DICOMDIR"; });
        return onePerVolume(*files, stop_);
    }

    void addBelow(const std::filesystem::path& folder, int level) {
        for (const std::filesystem::path& below : foldersIn(folder)) {
            if (stop_.stop_requested() || ++folders_ > kMostFolders) return;
            auto files = filesOf(below);
            const size_t before = found_.size();
            if (files) std::ranges::copy_if(*files, std::back_inserter(found_), isLikelyImage);
            if (found_.size() == before && level + 1 < kMostLevels) addBelow(below, level + 1);
        }
    }

    std::stop_token stop_;
    std::vector<std::filesystem::path> found_;
    int folders_ = 0;
};

Result<DescribedImage> describeLarge(const LargeRaster& raster, const std::filesystem::path& file) {
    const Result<PixelBuffer> overview = raster.readOverview();
    if (!overview) return failure(overview.error());
    Result<FileFingerprint> fingerprint = fingerprintOf(file);
    if (!fingerprint) return failure(fingerprint.error());
    ImageRecord record;
    record.id = randomUuid();
    record.path = file;
    record.fingerprint = std::move(*fingerprint);
    record.size = raster.size();
    record.thumbnail = thumbnailOf(*overview, raster.usualDisplay(*overview));
    return DescribedImage{std::move(record), VolumeSource::whyNone(file)};
}

Result<void> requireSize(const ImageRecord& record, PixelSize size) {
    if (size == record.size) return {};
    return failure(ErrorCode::LabelsSizeMismatch,
                   {toText(record.address()), toText(record.size), toText(size)});
}

/// Of a series the first file, else the file itself.
std::filesystem::path standingFor(const std::filesystem::path& file) {
    const Result<std::optional<VolumeSource>> source = VolumeSource::of(file);
    return source && *source ? (*source)->file() : file;
}

/// Says where a slice lies, and what is known of its volume.
void placeInVolume(OpenedImage& opened, const ImageContent& image) {
    opened.grid = image.volume->grid;
    opened.volumeFormat = image.volume->format;
    opened.isOfSeries = !image.sliceFile.empty();
    opened.plane = image.slice.value_or(image.volume->standingSlice());
    opened.usualView = image.volume->usualView;
    opened.windows = image.volume->windows;
    opened.isHounsfield = image.volume->isHounsfield;
}

Result<OpenedImage> openLarge(const ImageRecord& record, std::shared_ptr<LargeRaster> raster) {
    if (Result<void> same = requireSize(record, raster->size()); !same) return failure(same.error());
    Result<PixelBuffer> overview = raster->readOverview();
    if (!overview) return failure(overview.error());
    OpenedImage opened{record.id, raster->emptyPixels(), {}, {}, {}};
    opened.georeference = Georeference::read(record.path);
    opened.bandNames = raster->bandNames();
    opened.usualDisplay = raster->usualDisplay(*overview);
    applyPicture(opened, pictureOf(*overview, record.display.value_or(opened.usualDisplay)));
    opened.raster = std::move(raster);
    opened.overview = std::make_shared<const PixelBuffer>(std::move(*overview));
    return opened;
}

}  // namespace

Result<std::vector<std::filesystem::path>> imagesIn(const std::filesystem::path& folder,
                                                    const std::stop_token& stop) {
    return ImageSearch(stop).imagesIn(folder);
}

Thumbnail thumbnailOf(const PixelBuffer& pixels, const DisplayMapping& display) {
    return makeThumbnail(toDisplayRgb(pixels, display), pixels.size, kThumbnailSide);
}

Result<DescribedImage> describeImage(const ImageAddress& address, const std::optional<FileFingerprint>& known,
                                     const ImageMemory& memory) {
    if (const auto raster = LargeRaster::ofImage(address, memory))
        return describeLarge(*raster, address.file);
    const Result<ImageContent> image = readImage(address);
    if (!image) return failure(image.error());
    const bool isOfSeries = !image->sliceFile.empty();
    Result<FileFingerprint> fingerprint =
        known && !isOfSeries ? *known : fingerprintOf(isOfSeries ? image->sliceFile : image->file);
    if (!fingerprint) return failure(fingerprint.error());
    ImageRecord record;
    record.id = randomUuid();
    record.path = image->file;
    record.slice = image->slice;
    record.fingerprint = std::move(*fingerprint);
    record.size = image->pixels.size;
    record.thumbnail = thumbnailOf(image->pixels, image->display);
    const int slices = image->slice ? sliceCount(image->volume->grid, image->volume->usualView) : 0;
    return DescribedImage{std::move(record), image->remark, slices};
}

DescribedFiles describeSome(std::deque<AddedFile> files, const ImageMemory& memory,
                            const std::stop_token& stop) {
    const auto begin = std::chrono::steady_clock::now();
    DescribedFiles described;
    std::error_code problem;
    while (!files.empty() && !stop.stop_requested() && std::chrono::steady_clock::now() - begin < kMoment) {
        const AddedFile file = std::move(files.front());
        files.pop_front();
        if (file.isNamed && std::filesystem::is_directory(file.address.file, problem)) {
            const auto inside = imagesIn(file.address.file, stop);
            if (!inside) described.images.push_back(failure(inside.error()));
            for (size_t i = inside ? inside->size() : 0; i-- > 0;) files.push_front({(*inside)[i], false});
            continue;
        }
        Result<DescribedImage> image = describeImage(file.address, std::nullopt, memory);
        if (image || file.isNamed || image.error().code != ErrorCode::ImageFormatUnknown)
            described.images.push_back(std::move(image));
    }
    described.left = std::move(files);
    return described;
}

Result<OpenedImage> openImage(const ImageRecord& record, const ImageMemory& memory) {
    if (auto raster = LargeRaster::ofImage(record.address(), memory))
        return openLarge(record, std::move(raster));
    Result<ImageContent> image = readImage(SlicePlaces().now(record).address());
    if (!image) return failure(image.error());
    if (Result<void> same = requireSize(record, image->pixels.size); !same) return failure(same.error());
    const DisplayMapping display = record.display.value_or(image->display);
    OpenedImage opened{record.id, {}, {}, image->slice, {}};
    if (image->volume) {
        placeInVolume(opened, *image);
    } else {
        opened.georeference = Georeference::read(record.path);
    }
    opened.bandNames = std::move(image->bandNames);
    opened.usualDisplay = image->display;
    applyPicture(opened, pictureOf(image->pixels, display));
    opened.pixels = std::move(image->pixels);
    return opened;
}

Result<OpenedImage> openPlane(const ImageAddress& slice, const DisplayMapping& display) {
    Result<ImageContent> image = readImage(slice);
    if (!image) return failure(image.error());
    OpenedImage opened{{}, {}, {}, image->slice, {}};
    if (image->volume) placeInVolume(opened, *image);
    opened.usualDisplay = image->display;
    opened.display = display;
    opened.displayed = std::make_shared<const PixelBuffer>(toDisplayedPixels(image->pixels, display));
    opened.pixels = std::move(image->pixels);
    return opened;
}

Result<std::vector<ImageRecord>> findMovedImages(std::vector<ImageRecord> missing,
                                                 const std::filesystem::path& folder,
                                                 const std::stop_token& stop) {
    std::vector<ImageRecord> found;
    std::error_code problem;
    constexpr auto options = std::filesystem::directory_options::skip_permission_denied;
    for (std::filesystem::recursive_directory_iterator file(folder, options, problem), end;
         !problem && file != end && !missing.empty() && !stop.stop_requested(); file.increment(problem)) {
        if (!file->is_regular_file(problem) || isProjectFileName(file->path())) continue;
        const uint64_t bytes = file->file_size(problem);
        const auto isOfThisSize = [&](const ImageRecord& record) {
            return record.fingerprint.bytes == bytes;
        };
        if (std::ranges::none_of(missing, isOfThisSize)) continue;
        const Result<FileFingerprint> fingerprint = fingerprintOf(file->path(), stop);
        if (!fingerprint || stop.stop_requested()) continue;
        std::erase_if(missing, [&](ImageRecord& record) {
            if (record.fingerprint != *fingerprint) return false;
            record.path = record.slice ? standingFor(file->path()) : file->path();
            found.push_back(record);
            return true;
        });
    }
    return found;
}

}  // namespace finebrush
