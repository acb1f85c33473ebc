#include "core/importers/volume_importer.h"

#include "core/image/dicom/segmentation_reader.h"
#include "core/image/image_reader.h"
#include "core/image/nifti/nifti_file.h"
#include "core/image/volume/volume_source.h"
#include "core/importers/class_values.h"
#include "core/importers/image_names.h"
#include "core/importers/import_errors.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <ranges>
#include <utility>

namespace finebrush {

namespace {

constexpr uint64_t kMaxBytes = uint64_t{4} << 30;
constexpr double kTolerance = 0.01;  // voxels

/// True where the voxels of both lie at the same places of the patient.
bool isSameGrid(const VolumeGrid& labels, const VolumeGrid& image) {
    if (labels.size != image.size) return false;
    if (!labels.isPlaced || !image.isPlaced) return true;
    const std::array<double, 3> spacing = image.spacing();
    const double step = *std::ranges::min_element(spacing);
    const int longest = *std::ranges::max_element(image.size);
    for (size_t row = 0; row < 3; ++row) {
        for (size_t column = 0; column < 4; ++column) {
            const double allowed = kTolerance * step / (column < 3 ? longest : 1);
            const double apart = labels.patientFromVoxel[row][column] - image.patientFromVoxel[row][column];
            if (std::abs(apart) > allowed) return false;
        }
    }
    return true;
}

/// The volumes that the targets are of.
std::map<std::filesystem::path, VolumeInfo> volumesOf(const std::vector<ImportTarget>& targets) {
    std::map<std::filesystem::path, VolumeInfo> volumes;
    for (const ImportTarget& target : targets) {
        if (volumes.contains(target.address.file)) continue;
        const auto info = readVolumeInfo(target.address.file);
        if (info && *info) volumes.emplace(target.address.file, **info);
    }
    return volumes;
}

/// Of several volumes that labels fit, the one that they are called like, else the one on the screen.
const std::filesystem::path* chosenOf(const std::vector<ImportTarget>& fitting,
                                      const std::filesystem::path& file,
                                      const std::vector<ImportTarget>& targets,
                                      const std::optional<size_t>& shown) {
    if (fitting.size() == 1) return &fitting.front().address.file;
    if (const auto named = targetNamed(utf8(file), fitting)) return &fitting[*named].address.file;
    const auto isShown = [&](const ImportTarget& volume) {
        return shown && volume.address.file == targets[*shown].address.file;
    };
    const auto onScreen = std::ranges::find_if(fitting, isShown);
    return onScreen == fitting.end() ? nullptr : &onScreen->address.file;
}

/// Labels of all voxels of an image volume.
struct VoxelLabels {
    std::filesystem::path image;
    Volume volume;                       ///< of one frame and one band
    std::vector<ImportedClass> classes;  ///< none: the volume holds class numbers
};

/// Errors: as `importVolume`.
Result<VoxelLabels> readNifti(const std::filesystem::path& file, const std::vector<ImportTarget>& targets,
                              const std::optional<size_t>& shown) {
    const Result<VolumeInfo> info = nifti::readInfo(file);
    if (!info) return failure(info.error());
    if (info->bands != 1 || info->grid.frames != 1) return failure(ErrorCode::LabelsNotIndexed, {utf8(file)});
    if (info->isMagnitude) return badLabels(file, "its voxels are complex numbers");
    const auto volumes = volumesOf(targets);
    if (volumes.empty()) return failure(ErrorCode::LabelsNoImage, {utf8(file)});
    std::vector<ImportTarget> fitting;
    for (const auto& [path, image] : volumes) {
        if (isSameGrid(info->grid, image.grid)) fitting.push_back({path, {}});
    }
    if (fitting.empty()) return otherGrid(file, "no volume of the project has the same voxels");
    const std::filesystem::path* image = chosenOf(fitting, file, targets, shown);
    if (!image) return failure(ErrorCode::LabelsNoImage, {utf8(file)});
    Result<Volume> volume = nifti::readVolume(file, kMaxBytes);
    if (!volume) return failure(volume.error());
    volume->info.grid = volumes.at(*image).grid;  // the same but for roundings, which could turn a view
    volume->info.grid.frames = 1;
    return VoxelLabels{*image, std::move(*volume), {}};
}

std::vector<ImportedClass> classesOf(const std::vector<dicom::Segment>& segments) {
    std::vector<ImportedClass> classes;
    for (const dicom::Segment& segment : segments) {
        std::optional<Colour> colour;
        if (segment.colour) colour = Colour{(*segment.colour)[0], (*segment.colour)[1], (*segment.colour)[2]};
        classes.push_back({static_cast<uint8_t>(classes.size()), segment.label, colour, false});
    }
    return classes;
}

/// Errors: as `importVolume`; of several volumes that refuse the segmentation, the reason of the first.
Result<VoxelLabels> readSegments(const std::filesystem::path& file, const std::vector<ImportTarget>& targets,
                                 const std::optional<size_t>& shown) {
    std::map<std::filesystem::path, dicom::SegmentedVolume> found;
    std::vector<ImportTarget> fitting;
    std::optional<Error> refusal;
    for (const auto& [path, image] : volumesOf(targets)) {
        const auto source = VolumeSource::of(path);
        if (!source || !*source) continue;
        Result<dicom::SegmentedVolume> volume = dicom::readSegmentation(file, image.grid, (*source)->files());
        if (volume) {
            found.emplace(path, std::move(*volume));
            fitting.push_back({path, {}});
        } else if (volume.error().code == ErrorCode::LabelsGridMismatch) {
            refusal = refusal.value_or(volume.error());
        } else {
            return failure(volume.error());
        }
    }
    const std::filesystem::path* image = fitting.empty() ? nullptr : chosenOf(fitting, file, targets, shown);
    if (!image) return failure(refusal.value_or(Error{ErrorCode::LabelsNoImage, {utf8(file)}, {}}));
    const dicom::SegmentedVolume& chosen = found.at(*image);
    VoxelLabels voxels{*image, {}, classesOf(chosen.segments)};
    voxels.volume.info.grid = chosen.labels.grid();
    voxels.volume.bytes.assign(chosen.labels.values().begin(), chosen.labels.values().end());
    return voxels;
}

/// The labels of one slice.
class Cutter {
  public:
    Cutter(const VoxelLabels& voxels, const std::filesystem::path& file) : voxels_(voxels), file_(file) {}

    /// Errors: LabelsValueOutOfRange.
    Result<IndexMask> maskOf(SliceAddress slice) const {
        slice.frame = 0;  // labels are the same at all times
        return classValues(sliceOf(voxels_.volume, slice), file_);
    }
    ImportedLabels labelsOf(size_t target, const std::optional<SliceAddress>& newSlice,
                            const IndexMask& mask) const {
        LabelMap labels = LabelMap::fromMask(mask);
        std::vector<ImportedClass> classes =
            voxels_.classes.empty() ? namelessClasses(labels) : voxels_.classes;
        return {target, std::move(labels), std::move(classes), newSlice};
    }
    /// True for a slice that says more than background.
    bool isWorthAdding(const IndexMask& mask) const {
        return std::ranges::any_of(mask.values, [&](uint8_t value) {
            const bool isBackground = voxels_.classes.empty() && value == 0;
            return value != kUnlabelled && !isBackground;
        });
    }

  private:
    const VoxelLabels& voxels_;
    const std::filesystem::path& file_;
};

LabelImport onlyProblem(Error problem) {
    return {{}, {std::move(problem)}};
}

}  // namespace

bool isLabelVolume(const std::filesystem::path& file) {
    return nifti::isNifti(file) || dicom::isSegmentation(file);
}

LabelImport importVolume(const std::filesystem::path& file, const std::vector<ImportTarget>& targets,
                         const std::optional<size_t>& shown) {
    const Result<VoxelLabels> voxels =
        nifti::isNifti(file) ? readNifti(file, targets, shown) : readSegments(file, targets, shown);
    if (!voxels) return onlyProblem(voxels.error());

    const Cutter cutter(*voxels, file);
    LabelImport import;
    std::optional<size_t> last;  // the target whose view the further slices are of
    std::vector<SliceAddress> known;
    for (size_t place = 0; place < targets.size(); ++place) {
        if (targets[place].address.file != voxels->image) continue;
        const Result<IndexMask> mask = cutter.maskOf(targets[place].address.slice.value_or(SliceAddress{}));
        if (!mask) return onlyProblem(mask.error());
        if (mask->size != targets[place].size) continue;  // its file is another one by now
        import.images.push_back(cutter.labelsOf(place, std::nullopt, *mask));
        if (!targets[place].address.slice) continue;
        known.push_back(*targets[place].address.slice);
        if (!last || shown == place) last = place;
    }
    if (!last) return import;
    const SliceAddress model = *targets[*last].address.slice;
    for (SliceAddress slice = model;
         const int index : std::views::iota(0, sliceCount(voxels->volume.info.grid, model.view))) {
        slice.index = index;
        if (std::ranges::find(known, slice) != known.end()) continue;
        const Result<IndexMask> mask = cutter.maskOf(slice);
        if (!mask) return onlyProblem(mask.error());
        if (cutter.isWorthAdding(*mask)) import.images.push_back(cutter.labelsOf(*last, slice, *mask));
    }
    return import;
}

}  // namespace finebrush
