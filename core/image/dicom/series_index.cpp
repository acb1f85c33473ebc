#include "core/image/dicom/series_index.h"

#include "core/base/files.h"
#include "core/image/dicom/dicom_file.h"

#include <system_error>
#include <utility>

namespace finebrush::dicom {

namespace {

/// Larger files are no single slices, and are not read for their headers.
constexpr uint64_t kMostSliceBytes = uint64_t{64} << 20;

/// Tells files apart whose pixels one volume cannot hold; each of those that have a table of values from all.
std::string pixelFormatOf(DcmDataset& dataset, const std::filesystem::path& file) {
    std::string format = textOf(dataset, DCM_PhotometricInterpretation).value_or("");
    if (format == "PALETTE COLOR" || dataset.tagExists(DCM_ModalityLUTSequence)) return utf8(file);
    for (const DcmTagKey& tag :
         {DCM_SamplesPerPixel, DCM_BitsAllocated, DCM_BitsStored, DCM_HighBit, DCM_PixelRepresentation})
        format += ' ' + std::to_string(wholeNumberOf(dataset, tag).value_or(-1));
    return format;
}

std::optional<PlacedSlice> sliceIn(DcmDataset& dataset, const std::filesystem::path& file) {
    if (wholeNumberOf(dataset, DCM_NumberOfFrames).value_or(1) != 1) return std::nullopt;
    const FunctionalGroups groups(dataset);
    const auto plane = planeOfFrame(groups, 0);
    const auto spacing = pixelSpacingOf(groups);
    const auto columns = wholeNumberOf(dataset, DCM_Columns), rows = wholeNumberOf(dataset, DCM_Rows);
    if (!plane || !spacing || !columns || !rows) return std::nullopt;
    return PlacedSlice{file, *columns, *rows, *plane, *spacing, pixelFormatOf(dataset, file)};
}

/// Nothing for a file that is no DICOM, is damaged or names no series.
std::optional<SeriesMember> memberIn(const std::filesystem::path& file) {
    if (!isDicom(file)) return std::nullopt;
    std::optional<SeriesMember> member;
    const Result<void> used = useFile(file, false, [&](DcmDataset& dataset) {
        const auto series = textOf(dataset, DCM_SeriesInstanceUID);
        if (!series || series->empty()) return;
        member = SeriesMember{*series, textOf(dataset, DCM_SOPInstanceUID).value_or(utf8(file)),
                              sliceIn(dataset, file)};
    });
    return used ? member : std::nullopt;
}

}  // namespace

std::vector<std::pair<std::filesystem::path, SeriesMember>> SeriesIndex::membersIn(
    const std::filesystem::path& folder, const std::stop_token& stop) {
    const std::lock_guard lock(mutex_);
    if (folder != folder_) entries_.clear();
    folder_ = folder;
    std::map<std::filesystem::path, Entry> known = std::exchange(entries_, {});
    std::vector<std::pair<std::filesystem::path, SeriesMember>> members;
    const auto files = filesIn(folder);
    for (const std::filesystem::path& file : files.value_or(std::vector<std::filesystem::path>())) {
        if (stop.stop_requested()) break;
        std::error_code problem;
        Entry entry{
            std::filesystem::file_size(file, problem), std::filesystem::last_write_time(file, problem), {}};
        if (problem || entry.bytes > kMostSliceBytes) continue;
        const auto before = known.find(file);
        const bool isKnown = before != known.end() && before->second.bytes == entry.bytes &&
                             before->second.changed == entry.changed;
        entry.member = isKnown ? before->second.member : memberIn(file);
        if (entry.member) members.emplace_back(file, *entry.member);
        entries_[file] = std::move(entry);
    }
    return members;
}

}  // namespace finebrush::dicom
