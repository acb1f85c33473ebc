#include "core/image/volume/volume_source.h"

#include "core/base/files.h"
#include "core/image/dicom/dicom_file.h"
#include "core/image/dicom/dicom_series.h"
#include "core/image/nifti/nifti_file.h"
#include "core/image/tiff/tiff_stack.h"

#include <algorithm>
#include <map>
#include <set>
#include <system_error>
#include <utility>

namespace finebrush {

namespace {

/// Which of the stored slices, from 0 on, a slice of a volume is; nothing where it cuts through them.
std::optional<size_t> storedSlice(const VolumeGrid& grid, const SliceAddress& slice) {
    const std::optional<SlicePlane> plane = planeOf(grid, slice);
    if (!plane) return std::nullopt;
    const int64_t voxels = int64_t{grid.size[0]} * grid.size[1];
    const int64_t last =
        plane->first + (plane->size.width - 1) * plane->toRight + (plane->size.height - 1) * plane->toBottom;
    if (plane->first / voxels != last / voxels) return std::nullopt;
    return static_cast<size_t>(plane->first / voxels);
}

}  // namespace

VolumeSource VolumeSource::ofSeries(dicom::SliceStack stack) {
    VolumeSource source(Kind::DicomSeries, stack.files);
    source.stack_ = std::move(stack);
    return source;
}

VolumeSource VolumeSource::ofDicom(const std::filesystem::path& file) {
    std::optional<dicom::SliceStack> series = dicom::seriesOf(file);
    return series ? ofSeries(std::move(*series)) : VolumeSource(Kind::DicomFile, {file});
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
    if (tiff::isStack(path)) return std::optional(VolumeSource(Kind::TiffStack, {path}));
    return std::optional<VolumeSource>();
}

std::optional<Error> VolumeSource::whyNone(const std::filesystem::path& file) {
    return tiff::whyNoStack(file);
}

std::optional<Error> VolumeSource::remark(const VolumeInfo& info) const {
    if (info.isMagnitude) return Error{ErrorCode::PhaseLeftOut, {utf8(file())}, {}};
    return stack_.remark;
}

Result<VolumeInfo> VolumeSource::readInfo() const {
    switch (kind_) {
        case Kind::Nifti:
            return nifti::readInfo(file());
        case Kind::DicomSeries:
            return dicom::readSeriesInfo(stack_);
        case Kind::TiffStack:
            return tiff::readInfo(file());
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
        case Kind::TiffStack:
            return tiff::readVolume(file(), maxBytes);
        case Kind::DicomFile:
            break;
    }
    return dicom::readVolume(file(), maxBytes);
}

Result<std::optional<PixelBuffer>> VolumeSource::readPage(const VolumeGrid& grid, const SliceAddress& slice,
                                                          uint64_t maxBytes) const {
    const std::optional<size_t> page = storedSlice(grid, slice);
    if (kind_ != Kind::TiffStack || !page) return std::optional<PixelBuffer>();
    const Result<Volume> volume = tiff::readPage(file(), *page, maxBytes);
    if (!volume) return failure(volume.error());
    return std::optional(finebrush::sliceOf(*volume, {slice.view, 0, 0}));
}

std::filesystem::path VolumeSource::fileOf(const SliceAddress& slice) const {
    if (kind_ != Kind::DicomSeries || !planeOf(stack_.grid, slice)) return {};
    return files_[storedSlice(stack_.grid, slice).value_or(0)];
}

std::optional<SliceAddress> VolumeSource::sliceOf(const std::filesystem::path& file, SliceView view) const {
    if (kind_ == Kind::TiffStack && view == SliceView::Stored) return SliceAddress{view, 0, 0};
    if (kind_ != Kind::DicomSeries) return std::nullopt;
    const auto place = static_cast<size_t>(std::ranges::find(files_, file) - files_.begin());
    const int count = static_cast<int>(files_.size()), index = static_cast<int>(place);
    for (const int candidate : {index, count - 1 - index}) {
        const SliceAddress slice{view, candidate, 0};
        if (storedSlice(stack_.grid, slice) == place) return slice;
    }
    return std::nullopt;
}

std::vector<std::filesystem::path> onePerVolume(const std::vector<std::filesystem::path>& files,
                                                const std::stop_token& stop) {
    using Firsts = std::map<std::filesystem::path, std::filesystem::path>;
    std::map<std::filesystem::path, Firsts> folders;
    std::set<std::filesystem::path> seen;
    std::vector<std::filesystem::path> kept;
    for (const std::filesystem::path& file : files) {
        if (stop.stop_requested()) break;
        std::error_code problem;
        const std::filesystem::path plain = std::filesystem::absolute(file, problem).lexically_normal();
        const auto [folder, isNew] = folders.try_emplace(plain.parent_path());
        if (isNew) folder->second = dicom::stackedFilesIn(plain.parent_path(), stop);
        const auto first = folder->second.find(plain);
        const std::filesystem::path& stands = first == folder->second.end() ? file : first->second;
        if (seen.insert(stands).second) kept.push_back(stands);
    }
    return kept;
}

}  // namespace finebrush
