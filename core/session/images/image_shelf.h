#pragma once

#include "core/session/current_project.h"
#include "core/session/images/content_check.h"
#include "core/session/images/display_painter.h"
#include "core/session/images/image_entry.h"
#include "core/session/images/image_jobs.h"
#include "core/session/images/overview_maker.h"
#include "core/session/session_events.h"
#include "core/session/worker.h"

#include <atomic>
#include <cstdint>
#include <deque>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace finebrush {

/// The images of the project as they are shown: the list, and the one on the screen. Files are read on
/// workers. Owner's thread.
class ImageShelf {
  public:
    struct Events {
        std::function<void(const SessionEvent&)> emit;
        std::function<void()> shown;  ///< after another image was put on the screen
        /// It is drawn as it was chosen, and not as somebody who is choosing is only trying out.
        std::function<void()> displaySettled;
    };

    ImageShelf(OwnerThread::Post post, CurrentProject& current, Worker& jobs, ImageMemory memory,
               Events events);

    /// Takes everything off the screen, while the project of now is still there.
    void clear();
    /// Takes over the images of another project and shows the one that was shown last.
    void load();

    void add(const std::vector<std::filesystem::path>& paths);
    void locate(const std::filesystem::path& folder);
    void show(const ImageId& id);
    void showSlice(const SliceAddress& slice);
    void previewDisplay(const DisplayMapping& display);
    void setDisplay(const DisplayMapping& display);
    void stopOverviews() { overviews_.stop(); }

    /// Follows a change of the project's list of images: where the image on the screen has left it, its
    /// neighbour is shown; where none is on the screen, the first.
    void followList();
    /// Follows a change of an image's labels.
    void refreshCount(const ImageId& id);

    const std::vector<ImageEntry>& entries() const { return entries_; }
    /// The rows of that list.
    const std::vector<ImageGroup>& groups() const { return groups_; }
    std::shared_ptr<const OpenedImage> shown() const { return shown_; }
    const ImageMemory& memory() const { return memory_; }
    /// Opens images one after another: who reads slices of the same volume does it here.
    Worker& opener() { return opener_; }

  private:
    struct FollowedSlices {
        std::vector<ImageRecord> moved;
        std::map<std::filesystem::path, int> counts;  ///< as `sliceCounts_`
    };

    /// The entry of an address; without a slice, the first of the file.
    const ImageEntry* entryAt(const ImageAddress& address) const;
    /// Describes as many files as take a moment, adds them, and goes on with the others: of ten thousand the
    /// first is shown at once, and the list is not made anew for each. `asked` as below.
    void addNext(std::deque<AddedFile> files, uint64_t asked);
    /// One that was in the project already is shown, else the first, unless another image was asked for since
    /// `asked`, the newest request of that time.
    void addDescribed(const std::vector<Result<DescribedImage>>& described, uint64_t asked);
    void findMissing();
    /// Gives slices of series their places of now, where files have come or gone, and counts those of
    /// volumes.
    void followSeries(const std::function<bool(const ImageRecord&)>& isLookedAt);
    void followSeriesIn(const std::filesystem::path& folder);
    /// True for an image whose file is not there, or holds something else.
    bool isSought(const ProjectImage& image) const;
    void onFollowed(const FollowedSlices& followed);
    void onLocated(const std::vector<ImageRecord>& found);
    void onChecked(const std::filesystem::path& file, bool isSame);
    void refreshList();
    /// Takes a slice that was only looked at off the list, once another one of its volume is shown.
    void followShown(const ImageId& former);
    /// Remembers a slice as what was looked at last of its volume; false where that is so already.
    bool lookAt(const ImageRecord& slice);
    void keepLookedAt();
    /// True where that is not known yet; 0 says nothing.
    bool noteSlices(const std::filesystem::path& file, int count);
    void onOpened(const ImageId& id, Result<OpenedImage> image);
    void showOverview(const ImageId& id, const ShownOverview& overview);
    void onOverviewsMade(const ImageId& id, const Result<MadeOverviews>& made);
    bool isDisplaySettled() const;
    void takeOffScreen();
    ImageEntry entryOf(const ProjectImage& image) const;

    CurrentProject& current_;
    Worker& jobs_;
    ImageMemory memory_;
    Events events_;
    std::vector<ImageEntry> entries_;
    std::vector<ImageGroup> groups_;
    std::set<ImageId> lookedAt_;                        ///< the slice of each volume that was shown last
    std::map<std::filesystem::path, int> sliceCounts_;  ///< of volumes, in their usual views
    std::set<std::filesystem::path> missing_;           ///< files
    std::set<std::filesystem::path> differing_;  ///< files that hold something else than what was labelled
    std::shared_ptr<OpenedImage> shown_;
    ImageId wanted_;                           ///< what is shown or being opened
    std::optional<ImageAddress> wantedSlice_;  ///< that is read for the first time
    std::shared_ptr<std::atomic<uint64_t>> newestRequest_ = std::make_shared<std::atomic<uint64_t>>(0);
    DisplayPainter painter_;
    OverviewMaker overviews_;
    ContentCheck content_;
    Worker opener_;  // its own, so that a long export does not keep an image off the screen
};

}  // namespace finebrush
