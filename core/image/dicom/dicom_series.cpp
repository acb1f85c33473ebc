#include "core/image/dicom/dicom_series.h"

#include "core/base/files.h"
#include "core/image/dicom/dicom_file.h"
#include "core/image/dicom/dicom_values.h"
#include "core/image/dicom/series_index.h"
#include "core/image/image_errors.h"

#include <algorithm>
#include <functional>
#include <iterator>
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

std::filesystem::path plainPath(const std::filesystem::path& path) {
    std::error_code problem;
    return std::filesystem::absolute(path, problem).lexically_normal();
}

std::map<std::string, Members> groupedBySeries(Members members) {
    std::map<std::string, Members> series;
    for (auto& member : members) {
        const std::string name = member.second.series;
        series[name].push_back(std::move(member));
    }
    return series;
}

/// The stacks of the members of one series without copies of one picture; of copies, `preferred` is the one
/// that counts.
std::vector<SliceStack> stacksOfSeries(const Members& members, const std::filesystem::path& preferred = {}) {
    std::map<std::string, size_t> places;  // by instance
    std::vector<PlacedSlice> slices;
    for (const auto& [file, member] : members) {
        if (!member.slice) continue;
        const auto [place, isNew] = places.emplace(member.instance, slices.size());
        if (isNew) {
            slices.push_back(*member.slice);
        } else if (file == preferred) {
            slices[place->second] = *member.slice;
        }
    }
    return stacksOf(slices);
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

std::optional<SliceStack> seriesOf(const std::filesystem::path& file) {
    const std::filesystem::path plain = plainPath(file);
    Members members = sharedIndex().membersIn(plain.parent_path());
    const auto own = std::ranges::find(members, plain, &Members::value_type::first);
    if (own == members.end()) return std::nullopt;
    const std::string series = own->second.series;
    std::erase_if(members, [&](const auto& member) { return member.second.series != series; });
    for (SliceStack& stack : stacksOfSeries(members, plain)) {
        if (std::ranges::find(stack.files, plain) != stack.files.end()) return std::move(stack);
    }
    return std::nullopt;
}

Result<SliceStack> seriesIn(const std::filesystem::path& folder) {
    std::vector<SliceStack> stacks;
    for (const auto& [series, members] : groupedBySeries(sharedIndex().membersIn(plainPath(folder))))
        std::ranges::move(stacksOfSeries(members), std::back_inserter(stacks));
    if (stacks.empty()) return failure(ErrorCode::NoImages, {utf8(folder)});
    if (stacks.size() > 1)
        return failure(ErrorCode::SeveralSeries, {utf8(folder), std::to_string(stacks.size())});
    return std::move(stacks.front());
}

std::map<std::filesystem::path, std::filesystem::path> stackedFilesIn(const std::filesystem::path& folder,
                                                                      const std::stop_token& stop) {
    std::map<std::filesystem::path, std::filesystem::path> firsts;
    for (const auto& [series, members] : groupedBySeries(sharedIndex().membersIn(plainPath(folder), stop))) {
        for (const SliceStack& stack : stacksOfSeries(members)) {
            for (const std::filesystem::path& file : stack.files) firsts[file] = stack.files.front();
        }
        std::map<std::string, std::filesystem::path> firstOfInstance;
        for (const auto& [file, member] : members) {
            if (firsts.contains(file)) firstOfInstance[member.instance] = firsts[file];
        }
        for (const auto& [file, member] : members) {
            const auto copied = firstOfInstance.find(member.instance);
            if (member.slice && copied != firstOfInstance.end()) firsts.emplace(file, copied->second);
        }
    }
    return stop.stop_requested() ? std::map<std::filesystem::path, std::filesystem::path>() : firsts;
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
    if (!volume.isConsistent())
        return unreadable(stack.files.front(), "its frames are not of the size that its header names");
    return volume;
}

}  // namespace finebrush::dicom
