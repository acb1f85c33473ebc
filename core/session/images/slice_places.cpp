#include "core/session/images/slice_places.h"

#include <algorithm>
#include <system_error>
#include <utility>

namespace finebrush {

bool SlicePlaces::Series::isOf(size_t place, const FileFingerprint& fingerprint) {
    const std::vector<std::filesystem::path>& files = source.files();
    if (place >= files.size()) return false;
    std::error_code problem;
    if (std::filesystem::file_size(files[place], problem) != fingerprint.bytes) return false;
    if (!fingerprints[place]) fingerprints[place] = fingerprintOf(files[place]).value_or(FileFingerprint());
    return *fingerprints[place] == fingerprint;
}

size_t SlicePlaces::Series::find(const FileFingerprint& fingerprint) {
    size_t place = 0;
    while (place < source.files().size() && !isOf(place, fingerprint)) ++place;
    return place;
}

size_t SlicePlaces::Series::placeOf(const std::filesystem::path& file) const {
    return static_cast<size_t>(std::ranges::find(source.files(), file) - source.files().begin());
}

std::optional<SliceAddress> SlicePlaces::Series::placeNow(const ImageRecord& record) {
    if (!record.slice) return source.sliceOf(record.path, SliceView::Stored);
    if (source.files().size() == 1) return std::nullopt;
    SliceAddress slice = *record.slice;
    const size_t first = placeOf(record.path);
    if (isOf(first, record.fingerprint)) {
        // The slice was the first one by then, or cuts through all files; and older projects have the
        // fingerprint of the first file for every slice.
        if (slice.view == SliceView::Stored) slice.index += static_cast<int>(first);
        return source.fileOf(slice).empty() ? std::nullopt : std::optional(slice);
    }
    if (isOf(placeOf(source.fileOf(slice)), record.fingerprint)) return slice;
    const size_t place = find(record.fingerprint);
    if (place == source.files().size()) return std::nullopt;
    return source.sliceOf(source.files()[place], slice.view);
}

std::optional<SlicePlaces::Series>& SlicePlaces::seriesAt(const std::filesystem::path& file) {
    const auto [entry, isNew] = series_.try_emplace(file);
    if (!isNew) return entry->second;
    Result<std::optional<VolumeSource>> source = VolumeSource::of(file);
    const bool mayMove = source && *source && (*source)->sliceOf((*source)->file(), SliceView::Stored);
    if (mayMove) {
        const size_t count = (*source)->files().size();
        entry->second.emplace(
            Series{std::move(**source), std::vector<std::optional<FileFingerprint>>(count)});
    }
    return entry->second;
}

ImageRecord SlicePlaces::now(ImageRecord record) {
    std::optional<Series>& series = seriesAt(record.path);
    const std::optional<SliceAddress> slice = series ? series->placeNow(record) : std::nullopt;
    if (!slice) return record;
    record.slice = slice;
    record.path = series->source.file();
    return record;
}

int SlicePlaces::slicesIn(const std::filesystem::path& file) {
    std::optional<VolumeSource> source;
    if (const std::optional<Series>& series = seriesAt(file)) {
        source = series->source;
    } else if (Result<std::optional<VolumeSource>> alone = VolumeSource::of(file)) {
        source = std::move(*alone);
    }
    if (!source) return 0;
    const Result<VolumeInfo> info = source->readInfo();
    return info ? sliceCount(info->grid, info->usualView) : 0;
}

}  // namespace finebrush
