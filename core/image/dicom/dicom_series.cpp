#include "core/image/dicom/dicom_series.h"

#include "core/base/files.h"
#include "core/image/dicom/dicom_file.h"
#include "core/image/dicom/dicom_values.h"
#include "core/image/dicom/series_index.h"
#include "core/image/image_errors.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <new>
#include <set>
#include <utility>

namespace finebrush::dicom {

namespace {

using Members = std::vector<std::pair<std::filesystem::path, SeriesMember>>;

SeriesIndex& sharedIndex() {
    static SeriesIndex index;
    return index;
}

constexpr double kOnePlace = 1e-3;  // mm

/// The slices of a series without copies of one picture; of copies, `preferred` is the one that counts. None
/// where all lie at one place: these are versions of a picture, not a stack.
std::vector<PlacedSlice> slicesOf(const Members& members, const std::string& series,
                                  const std::filesystem::path& preferred) {
    std::map<std::string, PlacedSlice> byInstance;
    std::vector<PlacedSlice> slices;
    for (const auto& [file, member] : members) {
        if (member.series != series || !member.slice) continue;
        const auto [entry, isNew] = byInstance.emplace(member.instance, *member.slice);
        if (!isNew && file == preferred) entry->second = *member.slice;
    }
    for (auto& [instance, slice] : byInstance) slices.push_back(std::move(slice));
    const bool isStack = std::ranges::any_of(slices, [&](const PlacedSlice& slice) {
        return std::abs(slice.plane.depth() - slices.front().plane.depth()) > kOnePlace;
    });
    if (!isStack) slices.clear();
    return slices;
}

tl::unexpected<Error> tooLargeFor(const SliceStack& stack, uint64_t maxBytes) {
    return tooLarge(stack.files.front(), std::to_string(stack.grid.size[0]),
                    std::to_string(stack.grid.size[1]), maxBytes);
}

/// True where pixels are stored in one way, so that one type holds all of them.
bool isStoredAlike(const Header& a, const Header& b) {
    return a.rows == b.rows && a.columns == b.columns && a.frames == b.frames && a.samples == b.samples &&
           a.colours == b.colours && a.kind == b.kind && a.bitsAllocated == b.bitsAllocated &&
           a.bitsStored == b.bitsStored && a.highBit == b.highBit && a.isSigned == b.isSigned &&
           a.modalityTable.isEmpty() && b.modalityTable.isEmpty() && a.colours != ColourModel::Palette;
}

/// Lets `use` look at the data set of each file and at what its header says.
Result<void> useEach(const SliceStack& stack,
                     const std::function<Result<void>(size_t, DcmDataset&, const Header&)>& use) {
    for (size_t i = 0; i < stack.files.size(); ++i) {
        Result<void> outcome;
        const Result<void> used = useFile(stack.files[i], true, [&](DcmDataset& dataset) {
            const Result<Header> header = readHeader(dataset, stack.files[i]);
            outcome = header ? use(i, dataset, *header) : failure(header.error());
        });
        if (!used) return used;
        if (!outcome) return outcome;
    }
    return {};
}

/// One header for all files, as if they were frames of one.
Result<Header> commonHeader(const SliceStack& stack) {
    Header common;
    std::vector<Rescale> rescales;
    std::set<std::optional<double>> paddings;
    const Result<void> read =
        useEach(stack, [&](size_t i, DcmDataset&, const Header& header) -> Result<void> {
            if (i == 0) common = header;
            rescales.push_back(header.rescaleOf(0));
            paddings.insert(header.padding);
            if (isStoredAlike(header, common)) return {};
            return failure(ErrorCode::SeriesNotAStack,
                           {utf8(stack.files[i]), "they store their pixels in different ways"});
        });
    if (!read) return failure(read.error());
    const bool isOneForAll =
        std::ranges::all_of(rescales, [&](const Rescale& rescale) { return rescale == rescales.front(); });
    if (isOneForAll) rescales.resize(1);
    common.rescales = std::move(rescales);
    if (paddings.size() > 1) common.padding.reset();
    common.frames = static_cast<int>(stack.files.size());
    common.grid = stack.grid;
    return common;
}

}  // namespace

Result<std::optional<SliceStack>> seriesOf(const std::filesystem::path& file) {
    std::error_code problem;
    const std::filesystem::path plain = std::filesystem::absolute(file, problem).lexically_normal();
    const Members members = sharedIndex().membersIn(plain.parent_path());
    const auto own = std::ranges::find(members, plain, &Members::value_type::first);
    if (own == members.end() || !own->second.slice) return std::optional<SliceStack>();
    std::vector<PlacedSlice> slices = slicesOf(members, own->second.series, plain);
    if (slices.size() < 2) return std::optional<SliceStack>();
    Result<SliceStack> stack = stackOf(std::move(slices), file);
    if (!stack) return failure(stack.error());
    return std::optional(std::move(*stack));
}

Result<SliceStack> seriesIn(const std::filesystem::path& folder) {
    std::error_code problem;
    const std::filesystem::path plain = std::filesystem::absolute(folder, problem).lexically_normal();
    const Members members = sharedIndex().membersIn(plain);
    std::map<std::string, size_t> counts;
    for (const auto& [file, member] : members) {
        if (member.slice) counts[member.series] = slicesOf(members, member.series, file).size();
    }
    std::erase_if(counts, [](const auto& entry) { return entry.second < 2; });
    if (counts.empty()) return failure(ErrorCode::NoImages, {utf8(folder)});
    if (counts.size() > 1)
        return failure(ErrorCode::SeveralSeries, {utf8(folder), std::to_string(counts.size())});
    return stackOf(slicesOf(members, counts.begin()->first, {}), folder);
}

Result<VolumeInfo> readSeriesInfo(const SliceStack& stack) {
    const Result<Header> header = commonHeader(stack);
    if (!header) return failure(header.error());
    return infoOf(*header);
}

Result<Volume> readSeries(const SliceStack& stack, uint64_t maxBytes) {
    const Result<Header> common = commonHeader(stack);
    if (!common) return failure(common.error());
    Volume volume{infoOf(*common), {}};
    const uint64_t bytes = static_cast<uint64_t>(volume.info.grid.voxels()) * volume.info.bytesPerVoxel();
    if (bytes > maxBytes) return tooLargeFor(stack, maxBytes);
    try {
        volume.bytes.reserve(bytes);
        const Result<void> read =
            useEach(stack, [&](size_t i, DcmDataset& dataset, const Header& header) -> Result<void> {
                Result<FrameReader> frames = FrameReader::open(dataset, header, stack.files[i]);
                if (!frames) return failure(frames.error());
                const Result<StoredFrame> stored = frames->read(0);
                if (!stored) return failure(stored.error());
                appendPixels(*common, static_cast<int>(i), *stored, volume.bytes);
                return {};
            });
        if (!read) return failure(read.error());
    } catch (const std::bad_alloc&) {
        return tooLargeFor(stack, maxBytes);
    }
    return volume;
}

}  // namespace finebrush::dicom
