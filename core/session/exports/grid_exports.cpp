#include "core/session/exports/grid_exports.h"

#include "core/base/files.h"
#include "core/base/text.h"
#include "core/exporters/geotiff_exporter.h"
#include "core/exporters/polygon_exporter.h"
#include "core/exporters/volume_exporter.h"
#include "core/exporters/volume_labels.h"
#include "core/image/image_errors.h"
#include "core/image/image_reader.h"
#include "core/session/exports/export_files.h"
#include "core/session/images/slice_places.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace finebrush {

namespace {

constexpr const char* kDicom = "DICOM";

/// A byte each.
constexpr int64_t kMostLabelVoxels = int64_t{1} << 31;

bool isSegmentation(GridFormat format) {
    return format == GridFormat::Segmentation || format == GridFormat::SegmentationOfPatient;
}

bool isLabelVolume(GridFormat format) {
    return format == GridFormat::LabelVolume || format == GridFormat::LabelVolumeWithUnlabelled;
}

bool isOfVolumes(GridFormat format) {
    return isLabelVolume(format) || isSegmentation(format);
}

std::optional<VolumeInfo> volumeIn(const std::filesystem::path& file) {
    const Result<std::optional<VolumeInfo>> info = readVolumeInfo(file);
    return info ? *info : std::nullopt;
}

// ---- rasters ----

/// A mask that is too large for most formats is a TIFF also where its image has no place on the earth.
bool rasterFits(GridFormat format, const ImageRecord& record, int64_t mostPixels) {
    if (record.slice || volumeIn(record.path)) return false;
    if (format == GridFormat::GeoTiff && record.size.area() > mostPixels) return true;
    return format == GridFormat::GeoJson || Georeference::read(record.path) != nullptr;
}

Result<ExportOutcome> exportRasters(ExportInput input, GridFormat format, const std::stop_token& stop) {
    std::erase_if(input.images, [&](const ExportInput::Image& image) {
        return !rasterFits(format, image.record, input.mostPixels);
    });
    const ClassTable& classes = input.classes;
    const bool isMask = format == GridFormat::GeoTiff;
    const PolygonFormat polygons =
        format == GridFormat::GeoJson ? PolygonFormat::GeoJson : PolygonFormat::GeoPackage;
    return exportEach(
        input, stop,
        [&](const std::string& stem) {
            return isMask ? geoTiffFileName(stem) : polygonFileName(stem, polygons);
        },
        [&](const ExportInput::Image& image, const std::filesystem::path& file, const InputFiles& inputs) {
            const LabelMap labels = labelsOf(image, classes);
            if (isMask) return exportGeoTiff(file, image.record.path, labels, classes, inputs, stop);
            return exportPolygons(file, polygons, image.record.path, labels, classes, inputs, stop);
        },
        isMask ? ExportedAs::Pieces : ExportedAs::Whole);
}

// ---- volumes ----

/// One frame of a volume with its labelled slices.
struct LabelledVolume {
    std::filesystem::path path;
    VolumeInfo info;
    int frame = 0;
    std::vector<const ExportInput::Image*> slices;
};

SliceAddress sliceOf(const LabelledVolume& volume, const ExportInput::Image& image) {
    return image.record.slice.value_or(volume.info.standingSlice());
}

std::vector<LabelledVolume> volumesOf(const ExportContent& content, GridFormat format) {
    std::map<std::filesystem::path, std::optional<VolumeInfo>> infos;
    std::map<std::pair<std::filesystem::path, int>, LabelledVolume> volumes;
    for (const ExportInput::Image* image : content.images) {
        const std::filesystem::path& path = image->record.path;
        if (!infos.contains(path)) infos[path] = volumeIn(path);
        const std::optional<VolumeInfo>& info = infos[path];
        if (!info || (isSegmentation(format) && info->format != kDicom)) continue;
        const int frame = image->record.slice ? image->record.slice->frame : 0;
        LabelledVolume& volume = volumes[{path, frame}];
        volume.path = path;
        volume.info = *info;
        volume.frame = frame;
        volume.slices.push_back(image);
    }
    std::vector<LabelledVolume> list;
    for (auto& [place, volume] : volumes) list.push_back(std::move(volume));
    return list;
}

std::vector<std::filesystem::path> filesFor(const std::vector<LabelledVolume>& volumes, GridFormat format,
                                            const std::filesystem::path& folder) {
    std::vector<ImageAddress> addresses;
    for (const LabelledVolume& volume : volumes) {
        if (addresses.empty() || addresses.back().file != volume.path) addresses.emplace_back(volume.path);
    }
    std::map<std::filesystem::path, std::string> stems;
    const std::vector<std::string> names = exportStems(addresses);
    for (size_t i = 0; i < addresses.size(); ++i) stems[addresses[i].file] = names[i];
    std::vector<std::filesystem::path> files;
    for (const LabelledVolume& volume : volumes) {
        std::string stem = stems[volume.path];
        if (volume.frame > 0) stem += formatted("_frame%03d", volume.frame);
        files.push_back(folder / pathFromUtf8(isLabelVolume(format) ? labelVolumeFileName(stem)
                                                                    : segmentationFileName(stem)));
    }
    return files;
}

/// Incomplete where it is asked to stop.
VolumeLabels labelsOf(const LabelledVolume& volume, const ClassTable& classes, const std::stop_token& stop) {
    std::vector<SliceLabels> slices;
    for (const ExportInput::Image* image : volume.slices) {
        if (stop.stop_requested()) break;
        slices.push_back(
            {sliceOf(volume, *image), image->labels.toMask(), labelsOf(*image, classes).toMask()});
    }
    return gatherLabels(volume.info, volume.frame, slices);
}

Result<ExportOutcome> exportVolumes(ExportInput input, GridFormat format, const std::stop_token& stop) {
    SlicePlaces places;
    // What is no slice and has no labels may be no volume.
    std::erase_if(input.images,
                  [](const ExportInput::Image& image) { return !image.record.slice && !hasContent(image); });
    for (ExportInput::Image& image : input.images) image.record = places.now(image.record);
    const Result<ExportContent> content = prepareExport(input);
    if (!content) return failure(content.error());
    const std::vector<LabelledVolume> volumes = volumesOf(*content, format);
    if (volumes.empty()) return failure(ErrorCode::NothingToExport);
    const std::vector<std::filesystem::path> files = filesFor(volumes, format, input.folder);
    std::vector<Error> conflicts;
    ExportOutcome outcome = writeEach(files, input.mayReplace, stop, [&](size_t place) -> Written {
        const LabelledVolume& volume = volumes[place];
        const auto& [width, height, depth] = volume.info.grid.size;
        if (volume.info.grid.voxels() > kMostLabelVoxels)
            return tooLarge(volume.path, std::to_string(width), formatted("%d × %d", height, depth),
                            kMostLabelVoxels);
        VolumeLabels found = labelsOf(volume, input.classes, stop);
        if (stop.stop_requested()) return false;
        if (format == GridFormat::LabelVolume) found.labels = withUnlabelledAsZero(std::move(found.labels));
        const auto patient = format == GridFormat::SegmentationOfPatient ? dicom::PatientTexts::Keep
                                                                         : dicom::PatientTexts::LeaveOut;
        const Written written =
            isSegmentation(format)
                ? exportSegmentation(files[place], volume.path, found.labels, input.classes, content->inputs,
                                     patient, stop)
                : exportLabelVolume(files[place], volume.path, found.labels, content->inputs, stop);
        if (written && *written && found.conflicts > 0) {
            conflicts.push_back(
                {ErrorCode::ViewsDisagree, {utf8(volume.path), std::to_string(found.conflicts)}, {}});
        }
        return written;
    });
    outcome.problems.insert(outcome.problems.begin(), content->problems.begin(), content->problems.end());
    std::ranges::move(conflicts, std::back_inserter(outcome.problems));
    return outcome;
}

}  // namespace

bool fits(GridFormat format, const OpenedImage& image) {
    switch (format) {
        case GridFormat::GeoTiff:
            return image.georeference || image.pixels.size.area() > kMostPixelsAtOnce;
        case GridFormat::GeoPackage:
            return image.georeference != nullptr;
        case GridFormat::GeoJson:
            return image.volumeFormat.empty();
        case GridFormat::LabelVolume:
        case GridFormat::LabelVolumeWithUnlabelled:
            return !image.volumeFormat.empty();
        case GridFormat::Segmentation:
        case GridFormat::SegmentationOfPatient:
            return image.volumeFormat == kDicom && image.grid.isPlaced;
    }
    return false;
}

Result<ExportOutcome> exportOnGrid(const ExportInput& input, GridFormat format, const std::stop_token& stop) {
    return isOfVolumes(format) ? exportVolumes(input, format, stop) : exportRasters(input, format, stop);
}

}  // namespace finebrush
