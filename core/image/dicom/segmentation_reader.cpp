#include "core/image/dicom/segmentation_reader.h"

#include "core/base/files.h"
#include "core/image/dicom/dicom_elements.h"
#include "core/image/dicom/dicom_file.h"
#include "core/image/dicom/dicom_geometry.h"
#include "core/image/dicom/lab_colour.h"
#include "core/image/image_errors.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <span>

namespace finebrush::dicom {

namespace {

constexpr double kTolerance = 0.01;  // voxels
constexpr int kMostSegments = kUnlabelled;

tl::unexpected<Error> otherGrid(const std::filesystem::path& file, std::string reason) {
    return failure(ErrorCode::LabelsGridMismatch, {utf8(file), std::move(reason)});
}

/// The segments, and the place of each in the list by its number.
struct SegmentList {
    std::vector<Segment> segments;
    std::map<int, uint8_t> places;
};

SegmentList segmentsOf(DcmDataset& dataset) {
    SegmentList list;
    for (size_t i = 0; DcmItem* item = itemOf(dataset, DCM_SegmentSequence, i); ++i) {
        const int number = wholeNumberOf(*item, DCM_SegmentNumber).value_or(static_cast<int>(i) + 1);
        if (list.segments.size() == kMostSegments || list.places.contains(number)) return {};
        list.places[number] = static_cast<uint8_t>(list.segments.size());
        Segment segment{textOf(*item, DCM_SegmentLabel).value_or("segment " + std::to_string(number)), {}};
        const std::vector<double> lab = numbersOf(*item, DCM_RecommendedDisplayCIELabValue);
        if (lab.size() == 3)
            segment.colour = rgbFromDicomLab({static_cast<uint16_t>(lab[0]), static_cast<uint16_t>(lab[1]),
                                              static_cast<uint16_t>(lab[2])});
        list.segments.push_back(std::move(segment));
    }
    return list;
}

/// Which pixels of a frame are marked.
class FramePixels {
  public:
    FramePixels(std::span<const uint8_t> bytes, int bits, double largest)
        : bytes_(bytes), bits_(bits), threshold_(largest / 2) {}

    int64_t count() const { return std::ssize(bytes_) * 8 / bits_; }
    bool isMarked(int64_t pixel) const {
        const auto place = static_cast<size_t>(pixel);
        if (bits_ == 8) return bytes_[place] > threshold_;
        return (bytes_[place / 8] >> (place % 8)) & 1;  // the first pixel is the lowest bit
    }

  private:
    std::span<const uint8_t> bytes_;
    int bits_;
    double threshold_;
};

/// Lays frames onto slices of a grid.
class Placement {
  public:
    Placement(const std::filesystem::path& file, const VolumeGrid& grid,
              const std::vector<std::filesystem::path>& images)
        : file_(file), grid_(grid), images_(images) {}

    /// Errors: LabelsGridMismatch.
    Result<int> sliceOf(const FunctionalGroups& groups, int frame) {
        const std::optional<FramePlane> plane = planeOfFrame(groups, frame);
        if (plane && grid_.isPlaced) return sliceAt(*plane, pixelSpacingOf(groups));
        return sliceNamed(groups, frame);
    }

  private:
    Vector3 column(size_t axis) const { return columnOf(grid_.patientFromVoxel, axis); }

    Result<int> sliceAt(const FramePlane& plane, const std::optional<PixelSpacing>& spacing) const {
        const Vector3 right = column(0), down = column(1), through = column(2);
        const double width = grid_.size[0], height = grid_.size[1];
        const PixelSpacing steps = spacing.value_or(PixelSpacing{lengthOf(right), lengthOf(down)});
        // What counts is how far the last pixel would lie from its voxel.
        const Vector3 offRight = minus(scaled(plane.alongRow, steps.toRight), right);
        const Vector3 offDown = minus(scaled(plane.alongColumn, steps.toBottom), down);
        const double allowed = kTolerance * std::min({lengthOf(right), lengthOf(down), lengthOf(through)});
        if (lengthOf(offRight) * width > allowed || lengthOf(offDown) * height > allowed)
            return otherGrid(file_, "its frames have other pixels, or are turned another way");
        const Vector3 way = minus(plane.position, column(3));
        const double place = dot(way, through) / dot(through, through);
        const int slice = static_cast<int>(std::lround(place));
        if (lengthOf(minus(way, scaled(through, slice))) > 10 * allowed)
            return otherGrid(file_, "a frame lies between the slices, or beside them");
        if (slice < 0 || slice >= grid_.size[2])
            return otherGrid(file_, "a frame lies outside of the volume");
        return slice;
    }

    /// The slice whose image a frame says that it was drawn on.
    Result<int> sliceNamed(const FunctionalGroups& groups, int frame) {
        DcmItem* source = itemOf(groups.of(frame, DCM_DerivationImageSequence), DCM_SourceImageSequence);
        const auto instance = source ? textOf(*source, DCM_ReferencedSOPInstanceUID) : std::nullopt;
        if (!instance) return otherGrid(file_, "its frames say neither a place nor an image");
        const auto found = instances().find(*instance);
        if (found == instances().end()) return otherGrid(file_, "it was drawn on other images");
        if (images_.size() > 1) return found->second;
        const int number = wholeNumberOf(*source, DCM_ReferencedFrameNumber).value_or(1);
        if (number < 1 || number > grid_.size[2]) return otherGrid(file_, "it was drawn on other frames");
        return number - 1;
    }

    const std::map<std::string, int>& instances() {
        if (instances_) return *instances_;
        instances_.emplace();
        for (size_t i = 0; i < images_.size(); ++i) {
            // One that cannot be read is not found.
            (void)useFile(images_[i], false, [&](DcmDataset& dataset) {
                if (const auto instance = textOf(dataset, DCM_SOPInstanceUID))
                    instances_->emplace(*instance, static_cast<int>(i));
            });
        }
        return *instances_;
    }

    const std::filesystem::path& file_;
    const VolumeGrid& grid_;
    const std::vector<std::filesystem::path>& images_;
    std::optional<std::map<std::string, int>> instances_;
};

Result<FramePixels> pixelsOf(DcmDataset& dataset, int64_t frames, int64_t pixelsOfFrame,
                             const std::filesystem::path& file) {
    const std::string type = textOf(dataset, DCM_SegmentationType).value_or("BINARY");
    const int bits = wholeNumberOf(dataset, DCM_BitsAllocated).value_or(0);
    const bool isBinary = type == "BINARY" && bits == 1, isFractional = type == "FRACTIONAL" && bits == 8;
    if (!isBinary && !isFractional) return unsupported(file, "a segmentation of type " + type);
    const DcmXfer syntax(dataset.getOriginalXfer());
    if (syntax.isEncapsulated() || syntax.getStreamCompression() != ESC_none ||
        syntax.getByteOrder() == EBO_BigEndian)
        return unsupported(file, "a compressed segmentation");
    const Uint8* bytes = nullptr;
    unsigned long count = 0;
    if (dataset.findAndGetUint8Array(DCM_PixelData, bytes, &count).bad() || !bytes)
        return unreadable(file, "it holds no pixels");
    const double largest = numberOf(dataset, DCM_MaximumFractionalValue).value_or(255);
    const FramePixels pixels({bytes, count}, bits, largest);
    if (pixels.count() / pixelsOfFrame < frames) return unreadable(file, "the file is cut off");
    return pixels;
}

Result<SegmentedVolume> read(DcmDataset& dataset, const std::filesystem::path& file, const VolumeGrid& grid,
                             const std::vector<std::filesystem::path>& images, const std::stop_token& stop) {
    const int columns = wholeNumberOf(dataset, DCM_Columns).value_or(0);
    const int rows = wholeNumberOf(dataset, DCM_Rows).value_or(0);
    const int frames = wholeNumberOf(dataset, DCM_NumberOfFrames).value_or(0);
    if (columns != grid.size[0] || rows != grid.size[1]) {
        return otherGrid(
            file, "its frames are of " + std::to_string(columns) + " × " + std::to_string(rows) + " pixels");
    }
    if (frames < 1) return unreadable(file, "it says no number of frames");
    SegmentList list = segmentsOf(dataset);
    if (list.segments.empty()) return unreadable(file, "its segments cannot be told apart");
    const int64_t pixelsOfFrame = int64_t{columns} * rows;
    const Result<FramePixels> pixels = pixelsOf(dataset, frames, pixelsOfFrame, file);
    if (!pixels) return failure(pixels.error());

    const FunctionalGroups groups(dataset);
    Placement placement(file, grid, images);
    SegmentedVolume volume{std::move(list.segments), LabelVolume(grid, kUnlabelled)};
    for (int frame = 0; frame < frames && !stop.stop_requested(); ++frame) {
        DcmItem& identification = groups.of(frame, DCM_SegmentIdentificationSequence);
        const auto segment =
            list.places.find(wholeNumberOf(identification, DCM_ReferencedSegmentNumber).value_or(0));
        if (segment == list.places.end()) return unreadable(file, "a frame is of no known segment");
        const Result<int> slice = placement.sliceOf(groups, frame);
        if (!slice) return failure(slice.error());
        for (int64_t pixel = 0; pixel < pixelsOfFrame; ++pixel) {
            if (pixels->isMarked(frame * pixelsOfFrame + pixel))
                volume.labels.set(*slice * pixelsOfFrame + pixel, segment->second);
        }
    }
    return volume;
}

}  // namespace

bool isSegmentation(const std::filesystem::path& file) {
    if (!isDicom(file)) return false;
    bool isOne = false;
    const Result<void> used = useFile(file, false, [&](DcmDataset& dataset) {
        isOne = textOf(dataset, DCM_SOPClassUID) == UID_SegmentationStorage;
    });
    return used && isOne;
}

Result<SegmentedVolume> readSegmentation(const std::filesystem::path& file, const VolumeGrid& grid,
                                         const std::vector<std::filesystem::path>& images,
                                         const std::stop_token& stop) {
    Result<SegmentedVolume> volume = failure(ErrorCode::Internal);
    const Result<void> used =
        useFile(file, true, [&](DcmDataset& dataset) { volume = read(dataset, file, grid, images, stop); });
    return used ? std::move(volume) : failure(used.error());
}

}  // namespace finebrush::dicom
