#include "core/session/exports/statistics_export.h"

#include "core/base/files.h"
#include "core/base/text.h"
#include "core/exporters/statistics_exporter.h"
#include "core/image/georeference.h"
#include "core/image/image_reader.h"
#include "core/image/volume/vector3.h"
#include "core/labels/label_counts.h"
#include "core/session/exports/export_files.h"
#include "core/session/images/slice_places.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

namespace finebrush {

namespace {

struct LabelledImage {
    ImageRecord record;
    LabelCounts counts;
};

/// What is known of the pixels of a file.
struct PixelFacts {
    std::optional<VolumeInfo> volume;
    std::optional<double> squareMetres;  ///< of a pixel of a map
};

PixelFacts factsOf(const std::filesystem::path& file) {
    const Result<std::optional<VolumeInfo>> volume = readVolumeInfo(file);
    if (volume && *volume) return {*volume, std::nullopt};
    const auto georeference = Georeference::read(file);
    return {std::nullopt, georeference ? georeference->squareMetresPerPixel() : std::nullopt};
}

/// In mm³; also where the slices are sheared.
std::optional<double> volumeOfVoxel(const VolumeGrid& grid) {
    if (!grid.hasSpacing) return std::nullopt;
    const VoxelMatrix& matrix = grid.patientFromVoxel;
    return std::abs(dot(columnOf(matrix, 0), cross(columnOf(matrix, 1), columnOf(matrix, 2))));
}

/// In mm². Nothing as well where the file is another one by now.
std::optional<double> areaOfPixel(const VolumeInfo& volume, const ImageRecord& record) {
    if (!volume.grid.hasSpacing) return std::nullopt;
    const auto plane = planeOf(volume.grid, record.slice.value_or(volume.standingSlice()));
    if (!plane || plane->size != record.size) return std::nullopt;
    return plane->spacing[0] * plane->spacing[1];
}

LabelStatistics statisticsOf(const LabelledImage& image, const std::string& name, const PixelFacts& facts) {
    const ImageRecord& record = image.record;
    LabelStatistics statistics{.image = name, .counts = image.counts, .pixels = record.size.area()};
    if (record.slice) statistics.slice = toText(*record.slice);
    statistics.areaOfPixel = facts.volume ? areaOfPixel(*facts.volume, record) : facts.squareMetres;
    if (statistics.areaOfPixel) statistics.areaUnit = facts.volume ? "mm2" : "m2";
    return statistics;
}

/// "axial:all", or "axial:all:3" of a frame other than the first.
std::string nameOfAll(const SliceAddress& slice) {
    std::string text = toText(SliceAddress{slice.view, 0, 0});
    text.pop_back();
    text += "all";
    if (slice.frame != 0) text += formatted(":%d", slice.frame);
    return text;
}

/// True where the slices are of the same view of a volume at the same time.
bool areBeside(const ImageRecord& one, const ImageRecord& other) {
    return one.path == other.path && one.slice && other.slice && one.slice->view == other.slice->view &&
           one.slice->frame == other.slice->frame;
}

/// The images with labels; slices of a view follow each other. Incomplete where it is asked to stop.
std::vector<LabelledImage> labelledImagesOf(const ExportInput& input, const std::stop_token& stop) {
    SlicePlaces places;
    std::vector<LabelledImage> images;
    for (const ExportInput::Image& image : input.images) {
        if (stop.stop_requested()) break;
        if (!image.labels.isEmpty())
            images.push_back({places.now(image.record), LabelCounts::of(image.labels)});
    }
    std::ranges::stable_sort(images, {}, [](const LabelledImage& image) {
        const SliceAddress slice = image.record.slice.value_or(SliceAddress{});
        return std::tuple(image.record.path, slice.view, slice.frame, slice.index);
    });
    return images;
}

/// Incomplete where it is asked to stop.
std::vector<LabelStatistics> statisticsOf(const std::vector<LabelledImage>& images,
                                          const std::stop_token& stop) {
    InputFiles files;
    for (const LabelledImage& image : images) files.push_back(image.record.path);
    const std::filesystem::path folder = commonFolder(files);
    std::map<std::filesystem::path, PixelFacts> known;
    std::vector<LabelStatistics> statistics;
    std::optional<LabelStatistics> together;
    for (size_t place = 0; place < images.size() && !stop.stop_requested(); ++place) {
        const ImageRecord& record = images[place].record;
        if (!known.contains(record.path)) known[record.path] = factsOf(record.path);
        const PixelFacts& facts = known[record.path];
        const std::string name = utf8(record.path.lexically_relative(folder));
        statistics.push_back(statisticsOf(images[place], name, facts));
        if (!record.slice) continue;
        if (!together) together = LabelStatistics{.image = name, .slice = nameOfAll(*record.slice)};
        together->counts += images[place].counts;
        together->pixels += record.size.area();
        if (facts.volume) together->volumeOfPixel = volumeOfVoxel(facts.volume->grid);
        const bool isLast = place + 1 == images.size() || !areBeside(record, images[place + 1].record);
        if (!isLast) continue;
        statistics.push_back(*together);
        together.reset();
    }
    return statistics;
}

}  // namespace

Result<ExportOutcome> exportStatistics(const ExportInput& input, const std::filesystem::path& file,
                                       const std::stop_token& stop) {
    const std::vector<LabelledImage> images = labelledImagesOf(input, stop);
    if (stop.stop_requested()) return ExportOutcome();
    if (images.empty()) return failure(ErrorCode::NothingToExport);
    const std::vector<LabelStatistics> statistics = statisticsOf(images, stop);
    if (stop.stop_requested()) return ExportOutcome();
    if (const Result<void> made = makeFolder(input.folder); !made) return failure(made.error());
    InputFiles inputs;
    for (const ExportInput::Image& image : input.images) inputs.push_back(image.record.path);
    const auto written = writeTextExport(file, statisticsCsv(statistics, input.classes), inputs);
    if (!written) return failure(written.error());
    return ExportOutcome{{file}, {}, {}};
}

}  // namespace finebrush
