#include "core/session/images/plane_reader.h"

#include "core/session/labels/cross_labels.h"

#include <algorithm>
#include <optional>
#include <stop_token>
#include <utility>

namespace finebrush {

/// What is read of a slice.
struct PlaneReader::Content {
    std::shared_ptr<const OpenedImage> image;
    std::shared_ptr<const LabelMap> crossLabels;  ///< null: none
};

/// A slice that is wanted, for as long as it is.
struct PlaneReader::Plane {
    Plane(ImageAddress wantedAddress, const std::shared_ptr<const OpenedImage>& shown)
        : address(std::move(wantedAddress)), display(shown->display), ofVolume(shown) {}
    ~Plane() { stop.request_stop(); }
    Plane(const Plane&) = delete;
    Plane& operator=(const Plane&) = delete;

    ImageAddress address;
    DisplayMapping display;
    std::shared_ptr<const OpenedImage> image;     ///< null: not read yet
    std::shared_ptr<const OpenedImage> ofVolume;  ///< the same, until then the one on the screen
    bool isUnreadable = false;
    bool isBusy = false;
    bool isStale = false;  ///< labels have changed since it is busy
    std::stop_source stop;
};

void PlaneReader::want(const std::vector<SliceAddress>& slices) {
    const auto shown = shelf_.shown();
    const ProjectImage* image = shown ? current_.project().image(shown->id) : nullptr;
    const std::vector<std::shared_ptr<Plane>> before = std::exchange(planes_, {});
    if (!image || !shown->slice) return;
    for (const SliceAddress& slice : slices) {
        if (!planeOf(shown->grid, slice)) continue;
        const ImageAddress address(image->record.path, slice);
        const auto known = std::ranges::find_if(before, [&](const std::shared_ptr<Plane>& plane) {
            return plane->address == address && plane->display == shown->display;
        });
        if (known != before.end()) {
            planes_.push_back(*known);
        } else {
            planes_.push_back(std::make_shared<Plane>(address, shown));
            begin(planes_.back());
        }
    }
}

void PlaneReader::refreshLabels() {
    for (const std::shared_ptr<Plane>& plane : planes_) {
        if (!plane->isUnreadable) begin(plane);
    }
}

void PlaneReader::begin(const std::shared_ptr<Plane>& plane) {
    if (plane->isBusy) {
        plane->isStale = true;
        return;
    }
    plane->isBusy = true;
    auto crossed = std::make_shared<const CrossedSlice>(
        crossedSlice(current_.project(), *plane->ofVolume, plane->address));
    shelf_.opener().run<Content>(
        [address = plane->address, display = plane->display, image = plane->image, crossed,
         stop = plane->stop.get_token()](const std::stop_token&) -> Result<Content> {
            Content content{image, nullptr};
            if (stop.stop_requested()) return content;
            if (!image) {
                Result<OpenedImage> opened = openPlane(address, display);
                if (!opened) return failure(opened.error());
                content.image = std::make_shared<const OpenedImage>(std::move(*opened));
            }
            LabelMap labels = crossed->others.empty() ? LabelMap() : crossLabels(*crossed, stop);
            if (!labels.isEmpty()) content.crossLabels = std::make_shared<const LabelMap>(std::move(labels));
            return content;
        },
        [this, wanted = std::weak_ptr(plane)](const Result<Content>& content) {
            const std::shared_ptr<Plane> still = wanted.lock();
            if (!still) return;
            still->isBusy = false;
            end(*still, content);
            if (std::exchange(still->isStale, false)) begin(still);
        });
}

void PlaneReader::end(Plane& plane, const Result<Content>& content) {
    plane.isUnreadable = !content;
    if (!content) {
        plane.isStale = false;
        return emit_(PlaneRead{*plane.address.slice, nullptr, nullptr, nullptr, content.error()});
    }
    plane.image = content->image;
    plane.ofVolume = plane.image;
    emit_(PlaneRead{*plane.address.slice, plane.image, ownLabels(plane), content->crossLabels, {}});
}

std::shared_ptr<const LabelMap> PlaneReader::ownLabels(const Plane& plane) const {
    const ProjectImage* own = current_.project().imageAt(plane.address);
    const PixelSize size = plane.image->pixels.size;
    const bool isLabelled = own && !own->record.removed && own->labels.size() == size;
    return std::make_shared<const LabelMap>(isLabelled ? own->labels : LabelMap(size));
}

}  // namespace finebrush
