#include "core/image/volume_source.h"

#include "core/image/dicom/dicom_file.h"
#include "core/image/dicom/dicom_series.h"
#include "core/image/nifti/nifti_file.h"

#include <algorithm>
#include <system_error>
#include <utility>

namespace finebrush {

VolumeSource VolumeSource::ofSeries(dicom::SliceStack stack) {
    VolumeSource source(Kind::DicomSeries, stack.files);
    source.stack_ = std::move(stack);
    return source;
}

VolumeSource VolumeSource::ofDicom(const std::filesystem::path& file) {
    Result<std::optional<dicom::SliceStack>> series = dicom::seriesOf(file);
    if (series && *series) return ofSeries(std::move(**series));
    VolumeSource source(Kind::DicomFile, {file});
    if (!series) source.remark_ = series.error();
    return source;
}

Result<std::optional<VolumeSource>> VolumeSource::of(const std::filesystem::path& path) {
    std::error_code problem;
    if (std::filesystem::is_directory(path, problem)) {
        Result<dicom::SliceStack> stack = dicom::seriesIn(path);
        if (!stack) return failure(stack.error());
        return std::optional(ofSeries(std::move(*stack)));
    }
    if (nifti::isNifti(path)) return std::optional(VolumeSource(Kind::Nifti, {path}));
    if (dicom::isDicom(path)) return std::optional(ofDicom(path));
    return std::optional<VolumeSource>();
}

Result<VolumeInfo> VolumeSource::readInfo() const {
    switch (kind_) {
        case Kind::Nifti:
            return nifti::readInfo(file());
        case Kind::DicomSeries:
            return dicom::readSeriesInfo(stack_);
        case Kind::DicomFile:
            break;
    }
    return dicom::readInfo(file());
}

Result<Volume> VolumeSource::read(uint64_t maxBytes) const {
    switch (kind_) {
        case Kind::Nifti:
            return nifti::readVolume(file(), maxBytes);
        case Kind::DicomSeries:
            return dicom::readSeries(stack_, maxBytes);
        case Kind::DicomFile:
            break;
    }
    return dicom::readVolume(file(), maxBytes);
}

std::vector<std::filesystem::path> onePerVolume(const std::vector<std::filesystem::path>& files) {
    std::vector<std::filesystem::path> kept;
    for (const std::filesystem::path& file : files) {
        std::error_code problem;
        const bool isFile = std::filesystem::is_regular_file(file, problem);
        const auto source =
            isFile && dicom::isDicom(file) ? VolumeSource::of(file) : Result<std::optional<VolumeSource>>();
        const std::filesystem::path& stands = source && *source ? (*source)->file() : file;
        if (std::ranges::find(kept, stands) == kept.end()) kept.push_back(stands);
    }
    return kept;
}

}  // namespace finebrush
