#include "core/exporters/volume_exporter.h"

#include "core/base/files.h"
#include "core/exporters/label_regions.h"
#include "core/image/dicom/segmentation_reader.h"
#include "core/image/nifti/nifti_file.h"
#include "core/image/volume/volume_source.h"

#include <algorithm>
#include <array>
#include <map>
#include <vector>

namespace finebrush {

namespace {

Result<nifti::Header> headerFor(const std::filesystem::path& volume, const VolumeGrid& grid) {
    if (nifti::isNifti(volume)) return nifti::readHeader(volume);
    return nifti::headerOf(grid);
}

/// The segments by the value of their class. Errors: LabelsUnknownClass.
Result<std::map<uint8_t, dicom::Segment>> segmentsOf(const LabelVolume& labels, const ClassTable& classes,
                                                     const std::filesystem::path& volume) {
    std::array<bool, 256> occurs{};
    for (const uint8_t value : labels.values()) occurs[value] = true;
    std::map<uint8_t, dicom::Segment> segments;
    for (int value = 0; value < kUnlabelled; ++value) {
        if (!occurs[static_cast<size_t>(value)]) continue;
        const LabelClass* known = classes.findValue(static_cast<uint8_t>(value));
        if (!known) return failure(ErrorCode::LabelsUnknownClass, {utf8(volume), std::to_string(value)});
        const Colour colour = known->colour;
        segments[known->value] = {known->name, std::array{colour.red, colour.green, colour.blue}};
    }
    return segments;
}

/// True where a file that was written holds the labels, its segments numbered in the order of their values.
/// False also where it is asked to stop.
bool holdsLabels(const std::filesystem::path& file, const std::vector<std::filesystem::path>& images,
                 const std::map<uint8_t, dicom::Segment>& segments, const LabelVolume& labels,
                 const std::stop_token& stop) {
    const Result<dicom::SegmentedVolume> read = dicom::readSegmentation(file, labels.grid(), images, stop);
    if (!read || read->segments.size() != segments.size()) return false;
    std::array<uint8_t, 256> places{};
    places.fill(kUnlabelled);
    uint8_t place = 0;
    for (const auto& [value, segment] : segments) places[value] = place++;
    return std::ranges::equal(labels.values(), read->labels.values(), {},
                              [&](uint8_t value) { return places[value]; });
}

}  // namespace

std::string labelVolumeFileName(const std::string& stem) {
    return stem + "_labels.nii.gz";
}

std::string segmentationFileName(const std::string& stem) {
    return stem + "_seg.dcm";
}

LabelVolume withUnlabelledAsZero(LabelVolume labels) {
    for (size_t voxel = 0; voxel < labels.values().size(); ++voxel) {
        if (labels.values()[voxel] == kUnlabelled) labels.set(static_cast<int64_t>(voxel), 0);
    }
    return labels;
}

Result<bool> exportLabelVolume(const std::filesystem::path& file, const std::filesystem::path& volume,
                               const LabelVolume& labels, const InputFiles& inputs,
                               const std::stop_token& stop) {
    const Result<nifti::Header> header = headerFor(volume, labels.grid());
    if (!header) return failure(header.error());
    return writeExport(
        file, inputs,
        [&](UnfinishedFile& target) { return nifti::writeLabels(target, *header, labels, stop); },
        [&](const std::filesystem::path& written) { return nifti::holdsLabels(written, labels, stop); },
        stop);
}

Result<bool> exportSegmentation(const std::filesystem::path& file, const std::filesystem::path& volume,
                                const LabelVolume& labels, const ClassTable& classes,
                                const InputFiles& inputs, dicom::PatientTexts patient,
                                const std::stop_token& stop) {
    const Result<std::optional<VolumeSource>> source = VolumeSource::of(volume);
    if (!source) return failure(source.error());
    const std::vector<std::filesystem::path> images =
        *source ? (*source)->files() : std::vector<std::filesystem::path>{volume};
    const auto segments = segmentsOf(labels, classes, volume);
    if (!segments) return failure(segments.error());
    return writeExport(
        file, inputs,
        [&](UnfinishedFile& target) {
            return dicom::writeSegmentation(target, images, *segments, labels, patient, stop);
        },
        [&](const std::filesystem::path& written) {
            return holdsLabels(written, images, *segments, labels, stop);
        },
        stop);
}

}  // namespace finebrush
