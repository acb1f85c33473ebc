#include "core/importers/volume_importer.h"

#include "core/image/image_reader.h"
#include "core/image/nifti/nifti_file.h"
#include "core/importers/class_values.h"
#include "core/importers/image_names.h"
#include "core/importers/import_errors.h"

#include <algorithm>
#include <cmath>
#include <map>
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

/// The volumes that the targets are slices of.
std::map<std::filesystem::path, VolumeGrid> volumesOf(const std::vector<ImportTarget>& targets) {
    std::map<std::filesystem::path, VolumeGrid> volumes;
    for (const ImportTarget& target : targets) {
        if (!target.address.slice || volumes.contains(target.address.file)) continue;
        const auto info = readVolumeInfo(target.address.file);
        if (info && *info) volumes.emplace(target.address.file, (*info)->grid);
    }
    return volumes;
}

/// The volume that labels belong to. Errors: LabelsNoImage, LabelsGridMismatch.
Result<std::filesystem::path> volumeFor(const std::filesystem::path& file, const VolumeGrid& labels,
                                        const std::vector<ImportTarget>& targets,
                                        const std::optional<size_t>& shown) {
    const auto volumes = volumesOf(targets);
    if (volumes.empty()) return failure(ErrorCode::LabelsNoImage, {utf8(file)});
    std::vector<ImportTarget> fitting;
    for (const auto& [path, grid] : volumes) {
        if (isSameGrid(labels, grid)) fitting.push_back({path, {}});
    }
    if (fitting.empty()) return otherGrid(file, "no volume of the project has the same voxels");
    if (fitting.size() == 1) return fitting.front().address.file;
    if (const auto named = targetNamed(utf8(file), fitting)) return fitting[*named].address.file;
    const auto isShown = [&](const ImportTarget& volume) {
        return shown && volume.address.file == targets[*shown].address.file;
    };
    const auto onScreen = std::ranges::find_if(fitting, isShown);
    if (onScreen == fitting.end()) return failure(ErrorCode::LabelsNoImage, {utf8(file)});
    return onScreen->address.file;
}

LabelImport onlyProblem(Error problem) {
    return {{}, {std::move(problem)}};
}

}  // namespace

LabelImport importVolume(const std::filesystem::path& file, const std::vector<ImportTarget>& targets,
                         const std::optional<size_t>& shown) {
    const Result<VolumeInfo> info = nifti::readInfo(file);
    if (!info) return onlyProblem(info.error());
    if (info->bands != 1 || info->grid.frames != 1)
        return onlyProblem({ErrorCode::LabelsNotIndexed, {utf8(file)}, {}});
    const Result<std::filesystem::path> image = volumeFor(file, info->grid, targets, shown);
    if (!image) return onlyProblem(image.error());
    const Result<Volume> volume = nifti::readVolume(file, kMaxBytes);
    if (!volume) return onlyProblem(volume.error());

    LabelImport import;
    for (size_t place = 0; place < targets.size(); ++place) {
        if (targets[place].address.file != *image || !targets[place].address.slice) continue;
        SliceAddress slice = *targets[place].address.slice;
        slice.frame = 0;  // labels are the same at all times
        const Result<IndexMask> mask = classValues(sliceOf(*volume, slice), file);
        if (!mask) return onlyProblem(mask.error());
        import.images.push_back({place, LabelMap::fromMask(*mask), namelessClasses(*mask)});
    }
    return import;
}

}  // namespace finebrush
