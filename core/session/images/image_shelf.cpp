#include "core/session/images/image_shelf.h"

#include "core/base/files.h"
#include "core/session/images/slice_list.h"
#include "core/session/images/slice_places.h"

#include <algorithm>
#include <sstream>
#include <utility>

namespace finebrush {

namespace {

constexpr char kShownImageKey[] = "shown_image";
constexpr char kLookedAtKey[] = "looked_at";

/// What may have been recorded as a single picture, while its pages are slices.
bool mayHavePages(const std::filesystem::path& file) {
    const std::filesystem::path ending = file.extension();
    return ending == ".tif" || ending == ".tiff" || ending == ".TIF" || ending == ".TIFF";
}

}  // namespace

ImageShelf::ImageShelf(OwnerThread::Post post, CurrentProject& current, Worker& jobs, ImageMemory memory,
                       Events events)
    : current_(current),
      jobs_(jobs),
      memory_(std::move(memory)),
      events_(std::move(events)),
      painter_(post,
               [this](const std::shared_ptr<OpenedImage>& image) {
                   if (image != shown_) return;
                   events_.emit(ImageRedrawn{});
                   if (isDisplaySettled()) events_.displaySettled();
               }),
      overviews_(post, {.progressed =
                            [this](const ImageId& id, double fraction, const ShownOverview& overview) {
                                events_.emit(OverviewProgress{true, fraction});
                                showOverview(id, overview);
                            },
                        .ended = [this](const ImageId& id,
                                        const Result<MadeOverviews>& made) { onOverviewsMade(id, made); }}),
      content_(post, [this](const std::filesystem::path& file, bool isSame) { onChecked(file, isSame); }),
      opener_(std::move(post)) {}

void ImageShelf::clear() {
    takeOffScreen();
    overviews_.stop();
    entries_.clear();
    groups_.clear();
    lookedAt_.clear();
    sliceCounts_.clear();
    missing_.clear();
    differing_.clear();
    content_.forget();
}

void ImageShelf::load() {
    std::istringstream lookedAt(current_.project().setting(kLookedAtKey));
    for (ImageId id; lookedAt >> id;) lookedAt_.insert(id);
    refreshList();
    findMissing();
    followSeries([](const ImageRecord& record) { return record.slice || mayHavePages(record.path); });
    const ImageId last = current_.project().setting(kShownImageKey);
    if (current_.project().image(last)) {
        show(last);
    } else if (!entries_.empty()) {
        // Somebody's strokes say more of a folder than its first image.
        const auto labelled =
            std::ranges::find_if(entries_, [](const ImageEntry& entry) { return entry.labelledPixels > 0; });
        show(labelled == entries_.end() ? entries_.front().id : labelled->id);
    }
}

void ImageShelf::add(const std::vector<std::filesystem::path>& paths) {
    std::deque<AddedFile> files;
    for (const std::filesystem::path& given : paths) {
        ImageAddress address = addressFromText(utf8(given));
        address.file = std::filesystem::absolute(address.file).lexically_normal();
        if (const ImageEntry* known = entryAt(address)) {
            show(known->id);
            continue;
        }
        files.push_back({std::move(address)});
    }
    addNext(std::move(files), *newestRequest_);
}

void ImageShelf::addNext(std::deque<AddedFile> files, uint64_t asked) {
    if (files.empty()) return;
    jobs_.run<DescribedFiles>(
        [files = std::move(files), memory = memory_](const std::stop_token& stop) -> Result<DescribedFiles> {
            return describeSome(files, memory, stop);
        },
        [this, asked, generation = current_.generation()](Result<DescribedFiles> described) {
            if (generation != current_.generation()) return;
            if (!described) return events_.emit(Notice{described.error()});
            addDescribed(described->images, asked);
            addNext(std::move(described->left), asked);
        });
}

const ImageEntry* ImageShelf::entryAt(const ImageAddress& address) const {
    const auto found = std::ranges::find_if(entries_, [&](const ImageEntry& entry) {
        return entry.path == address.file && (!address.slice || entry.slice == address.slice);
    });
    return found == entries_.end() ? nullptr : &*found;
}

void ImageShelf::addDescribed(const std::vector<Result<DescribedImage>>& described, uint64_t asked) {
    std::vector<ImageAddress> added;
    ImageId shown;
    for (const Result<DescribedImage>& image : described) {
        if (!image) {
            events_.emit(Notice{image.error()});
            continue;
        }
        const std::filesystem::path& file = image->record.path;
        noteSlices(file, image->slices);
        missing_.erase(file);
        const bool isNewFile =
            !entryAt(file) && std::ranges::find(added, file, &ImageAddress::file) == added.end();
        if (image->remark && isNewFile) events_.emit(Notice{*image->remark});
        if (const ProjectImage* there = current_.project().imageAt(image->record.address())) {
            shown = there->record.id;  // asked for twice, or by another file of its series
        } else {
            current_.project().addImage(image->record);
            content_.trust(image->record);
            added.push_back(image->record.address());
        }
    }
    if (!added.empty()) {
        followList();
        events_.emit(ImagesChanged{});
    }
    for (const ImageAddress& address : added) {
        // A slice that nobody looks at has no entry.
        if (!entryAt(address)) show(current_.project().imageAt(address)->record.id);
    }
    if (!added.empty() && shown.empty()) shown = current_.project().imageAt(added.front())->record.id;
    if (*newestRequest_ == asked) show(shown);
}

void ImageShelf::locate(const std::filesystem::path& folder) {
    std::vector<ImageRecord> sought;
    for (const ProjectImage& image : current_.project().images()) {
        if (!image.record.removed && isSought(image)) sought.push_back(image.record);
    }
    jobs_.run<std::vector<ImageRecord>>(
        [sought, folder](const std::stop_token& stop) { return findMovedImages(sought, folder, stop); },
        [this, folder, generation = current_.generation()](const Result<std::vector<ImageRecord>>& found) {
            if (generation != current_.generation() || !found) return;
            if (found->empty()) events_.emit(Notice{{ErrorCode::MissingImagesNotFound, {utf8(folder)}, {}}});
            onLocated(*found);
        });
}

bool ImageShelf::isSought(const ProjectImage& image) const {
    return missing_.contains(image.record.path) || differing_.contains(image.record.path);
}

/// Of the records, which are of when the search began, only the paths count.
void ImageShelf::onLocated(const std::vector<ImageRecord>& found) {
    ImageId next = shown_ ? shown_->id : ImageId();
    std::set<std::filesystem::path> files;
    for (const ImageRecord& there : found) {
        const ProjectImage* image = current_.project().image(there.id);
        if (!image || !isSought(*image)) continue;  // removed meanwhile, or found by another search
        ImageRecord record = image->record;
        record.path = there.path;
        current_.project().updateImage(record);
        content_.trust(record);
        missing_.erase(record.path);
        files.insert(record.path);
        if (next.empty() || wanted_ == record.id) next = record.id;
        if (wanted_ == record.id) wanted_.clear();  // it is to be read from the other file
    }
    refreshList();
    events_.emit(ImagesChanged{});
    if (wanted_.empty() && !next.empty()) show(next);
    followSeries([&](const ImageRecord& record) { return record.slice && files.contains(record.path); });
}

void ImageShelf::onChecked(const std::filesystem::path& file, bool isSame) {
    const bool isKnown = differing_.contains(file);
    if (isSame == !isKnown) return;
    if (isSame) {
        differing_.erase(file);
    } else {
        differing_.insert(file);
        events_.emit(Notice{{ErrorCode::ImageContentDiffers, {utf8(file)}, {}}});
    }
    refreshList();
    events_.emit(ImagesChanged{});
}

void ImageShelf::show(const ImageId& id) {
    const ProjectImage* image = current_.project().image(id);
    if (!image || wanted_ == id) return;
    wanted_ = id;
    wantedSlice_.reset();
    const uint64_t request = ++*newestRequest_;
    struct Opened {
        OpenedImage image;
        PredictionPtr prediction;  ///< held while the image comes on the screen, which then holds it
    };
    opener_.run<Opened>(
        [record = image->record, request, memory = memory_, newest = newestRequest_,
         kept = current_.project().prediction(id)](const std::stop_token&) -> Result<Opened> {
            if (*newest != request) return Opened{};  // the person has gone on to another image
            Result<OpenedImage> opened = openImage(record, memory);
            if (!opened) return failure(opened.error());
            return Opened{std::move(*opened), kept ? kept->unpacked() : nullptr};
        },
        [this, id, request](Result<Opened> opened) {
            if (*newestRequest_ != request) return;
            if (!opened) return onOpened(id, failure(opened.error()));
            onOpened(id, std::move(opened->image));
        });
}

void ImageShelf::showSlice(const SliceAddress& slice) {
    const ProjectImage* image = shown_ ? current_.project().image(shown_->id) : nullptr;
    if (!image || !shown_->slice || !planeOf(shown_->grid, slice)) return;
    const ImageAddress address(image->record.path, slice);
    if (const ProjectImage* known = current_.project().imageAt(address)) {
        show(known->record.id);
        return;
    }
    if (wantedSlice_ == address) return;
    wantedSlice_ = address;
    wanted_ = shown_->id;
    const uint64_t request = ++*newestRequest_;
    opener_.run<DescribedImage>(
        [address, fingerprint = image->record.fingerprint, request, memory = memory_,
         newest = newestRequest_](const std::stop_token&) -> Result<DescribedImage> {
            if (*newest != request) return DescribedImage{};
            return describeImage(address, fingerprint, memory);
        },
        [this, address, request](const Result<DescribedImage>& described) {
            if (*newestRequest_ != request) return;
            wantedSlice_.reset();
            addDescribed({described}, request);
            if (described && described->record.path != address.file)
                followSeriesIn(address.file.parent_path());
            if (const ProjectImage* added = current_.project().imageAt(address)) show(added->record.id);
        });
}

void ImageShelf::previewDisplay(const DisplayMapping& display) {
    if (shown_ && isSound(display)) painter_.paint(shown_, display);
}

void ImageShelf::setDisplay(const DisplayMapping& display) {
    if (!shown_ || !isSound(display) || !current_.project().image(shown_->id)) return;
    const bool isUsual = display == shown_->usualDisplay;
    current_.project().setDisplay(shown_->id, isUsual ? std::nullopt : std::optional(display));
    painter_.paint(shown_, display);
}

bool ImageShelf::isDisplaySettled() const {
    const ProjectImage* image = shown_ ? current_.project().image(shown_->id) : nullptr;
    return image && isShownAsChosen(*shown_, image->record);
}

void ImageShelf::onOpened(const ImageId& id, Result<OpenedImage> image) {
    if (!image) {
        // What is on the screen stays there, and this image may be asked for again.
        wanted_ = shown_ ? shown_->id : ImageId();
        events_.emit(Notice{image.error()});
        const ProjectImage* unread = current_.project().image(id);
        if (unread && image.error().code == ErrorCode::FileMissing &&
            missing_.insert(unread->record.path).second) {
            refreshList();
            events_.emit(ImagesChanged{});
        }
        return;
    }
    const ImageId former = shown_ ? shown_->id : ImageId();
    shown_ = std::make_shared<OpenedImage>(std::move(*image));
    const ProjectImage* known = current_.project().image(id);
    if (known && shown_->slice != known->record.slice) followSeriesIn(known->record.path.parent_path());
    if (shown_->isLarge()) shown_->raster = overviews_.complete(id, shown_->raster);
    current_.project().setSetting(kShownImageKey, id);
    followShown(former);
    events_.emit(ImageShown{shown_});
    events_.shown();
    // A slice of a DICOM series is found by its own file, and the path is that of another.
    if (shown_->isOfSeries) return;
    if (const ProjectImage* shown = current_.project().image(id)) content_.check(shown->record);
}

void ImageShelf::showOverview(const ImageId& id, const ShownOverview& overview) {
    if (!shown_ || shown_->id != id || overview.pixels->size != shown_->overview->size) return;
    const bool isUsual = shown_->display == shown_->usualDisplay;
    shown_->overview = overview.pixels;
    shown_->usualDisplay = overview.usualDisplay;
    painter_.paint(shown_, isUsual ? shown_->usualDisplay : shown_->display);
}

void ImageShelf::onOverviewsMade(const ImageId& id, const Result<MadeOverviews>& made) {
    if (!overviews_.isRunning()) events_.emit(OverviewProgress{});
    if (!made) {
        events_.emit(Notice{made.error()});
        return;
    }
    if (made->damage) events_.emit(Notice{*made->damage});
    const ProjectImage* image = current_.project().image(id);
    if (!image || !made->overview) return;
    showOverview(id, *made->overview);
    ImageRecord record = image->record;
    record.thumbnail = made->thumbnail;
    current_.project().updateImage(record);
    refreshList();
    events_.emit(ImagesChanged{});
}

void ImageShelf::followList() {
    const auto wanted = std::ranges::find(entries_, wanted_, &ImageEntry::id);
    const auto place = static_cast<size_t>(wanted - entries_.begin());
    const size_t former = rowOf(groups_, place);
    const size_t row = former == groups_.size() ? 0 : former;
    refreshList();
    if (!wanted_.empty() && !current_.project().image(wanted_)) takeOffScreen();
    if (wanted_.empty() && !groups_.empty())
        show(entries_[groups_[std::min(row, groups_.size() - 1)].front].id);
}

void ImageShelf::refreshList() {
    entries_.clear();
    for (const ProjectImage& image : current_.project().images()) {
        if (!image.record.removed) entries_.push_back(entryOf(image));
    }
    gatherSlices(entries_);
    const auto isLookedAt = [this](const ImageEntry& entry) { return lookedAt_.contains(entry.id); };
    dropVisited(entries_, [&](const ImageEntry& entry) {
        return entry.labelledPixels > 0 || entry.id == wanted_ || isLookedAt(entry) ||
               current_.project().prediction(entry.id);
    });
    groups_ = groupsOf(entries_, isLookedAt);
}

void ImageShelf::followShown(const ImageId& former) {
    const ProjectImage* left = current_.project().image(former);
    if (left) left->labels.giveBackUnpacked();
    const ProjectImage* shown = current_.project().image(wanted_);
    bool isNews = false;
    if (shown && shown_->slice) {
        isNews = noteSlices(shown->record.path, sliceCount(shown_->grid, shown_->usualView));
        isNews |= lookAt(shown->record);
    }
    if (left && shown && left->record.path != shown->record.path) keepLookedAt();
    const bool isListed = std::ranges::find(entries_, wanted_, &ImageEntry::id) != entries_.end();
    if (isListed && !isNews) return;
    refreshList();
    events_.emit(ImagesChanged{});
}

bool ImageShelf::noteSlices(const std::filesystem::path& file, int count) {
    return count > 0 && std::exchange(sliceCounts_[file], count) != count;
}

bool ImageShelf::lookAt(const ImageRecord& slice) {
    if (lookedAt_.contains(slice.id)) return false;
    std::erase_if(lookedAt_, [&](const ImageId& id) {
        const ProjectImage* other = current_.project().image(id);
        return !other || other->record.path == slice.path;
    });
    lookedAt_.insert(slice.id);
    return true;
}

/// Only once another file is shown: until then the image that is on the screen says it.
void ImageShelf::keepLookedAt() {
    std::string ids;
    for (const ImageId& id : lookedAt_) {
        if (!ids.empty()) ids += ' ';
        ids += id;
    }
    if (ids != current_.project().setting(kLookedAtKey)) current_.project().setSetting(kLookedAtKey, ids);
}

void ImageShelf::refreshCount(const ImageId& id) {
    const ProjectImage* image = current_.project().image(id);
    const auto entry = std::ranges::find(entries_, id, &ImageEntry::id);
    if (image && image->labelledPixels() > 0 && entry == entries_.end()) {
        refreshList();
        events_.emit(ImagesChanged{});
        return;
    }
    if (!image || entry == entries_.end() || entry->labelledPixels == image->labelledPixels()) return;
    const bool wasLabelled = entry->labelledPixels > 0;
    entry->labelledPixels = image->labelledPixels();
    // The list shows whether, not how much: of ten thousand images none is drawn again for a stroke.
    if (wasLabelled == (entry->labelledPixels > 0)) return;
    if (wasLabelled && entry->slice) refreshList();  // without paint it may not stay
    events_.emit(ImagesChanged{});
}

void ImageShelf::followSeries(const std::function<bool(const ImageRecord&)>& isLookedAt) {
    std::vector<ImageRecord> slices;
    for (const ProjectImage& image : current_.project().images()) {
        if (isLookedAt(image.record)) slices.push_back(image.record);
    }
    if (slices.empty()) return;
    jobs_.run<FollowedSlices>(
        [slices](const std::stop_token& stop) -> Result<FollowedSlices> {
            SlicePlaces places;
            FollowedSlices followed;
            for (const ImageRecord& slice : slices) {
                if (stop.stop_requested()) break;
                ImageRecord now = places.now(slice);
                if (now.slice && !followed.counts.contains(now.path))
                    followed.counts.emplace(now.path, places.slicesIn(slice.path));
                if (now.address() != slice.address()) followed.moved.push_back(std::move(now));
            }
            return followed;
        },
        [this, generation = current_.generation()](const Result<FollowedSlices>& followed) {
            if (generation == current_.generation() && followed) onFollowed(*followed);
        });
}

void ImageShelf::onFollowed(const FollowedSlices& followed) {
    bool isNews = !followed.moved.empty();
    for (const auto& [file, count] : followed.counts) isNews |= noteSlices(file, count);
    for (const ImageRecord& slice : followed.moved) {
        const ProjectImage* image = current_.project().image(slice.id);
        if (!image) continue;
        ImageRecord record = image->record;
        record.path = slice.path;
        record.slice = slice.slice;
        current_.project().updateImage(record);
    }
    if (!isNews) return;
    refreshList();
    events_.emit(ImagesChanged{});
}

void ImageShelf::followSeriesIn(const std::filesystem::path& folder) {
    followSeries([folder](const ImageRecord& record) { return record.path.parent_path() == folder; });
}

void ImageShelf::findMissing() {
    using Files = std::set<std::filesystem::path>;
    Files files;
    for (const ImageEntry& entry : entries_) files.insert(entry.path);
    jobs_.run<Files>(
        [files](const std::stop_token&) -> Result<Files> {
            Files missing;
            std::error_code problem;
            for (const std::filesystem::path& file : files) {
                if (!std::filesystem::exists(file, problem)) missing.insert(file);
            }
            return missing;
        },
        [this, generation = current_.generation()](const Result<Files>& missing) {
            if (generation != current_.generation() || !missing || missing->empty()) return;
            missing_ = *missing;
            refreshList();
            events_.emit(ImagesChanged{});
        });
}

void ImageShelf::takeOffScreen() {
    ++*newestRequest_;
    wanted_.clear();
    wantedSlice_.reset();
    if (!shown_) return;
    shown_.reset();
    events_.emit(ImageShown{nullptr});
}

ImageEntry ImageShelf::entryOf(const ProjectImage& image) const {
    const ImageRecord& record = image.record;
    const auto slices = sliceCounts_.find(record.path);
    return {record.id,
            record.path,
            record.slice,
            record.size,
            missing_.contains(record.path),
            image.labelledPixels(),
            record.thumbnail,
            differing_.contains(record.path),
            record.slice && slices != sliceCounts_.end() ? slices->second : 0,
            record.review};
}

}  // namespace finebrush
