#include "ui/main_window/doubt_guide.h"

#include "core/session/labels/doubtful_spots.h"
#include "ui/bridge/session_bridge.h"
#include "ui/canvas/canvas_view.h"
#include "ui/main_window/commands/main_actions.h"

#include <algorithm>
#include <cmath>

namespace finebrush {

namespace {

constexpr double kShareOfView = 0.18;  // that the ring takes
constexpr double kMostZoom = 8;        // device px per image px

/// Zooms so that a spot can be made out, where it can't, and brings it to the middle.
void show(const DoubtfulSpot& spot, CanvasView& canvas) {
    const double pixelRatio = canvas.devicePixelRatioF();
    const double seen = 2 * spot.radius * canvas.zoom() / pixelRatio;
    const double wanted = kShareOfView * std::min(canvas.width(), canvas.height());
    if (seen < wanted / 2 || seen > wanted * 2) {
        canvas.zoomTo(std::min(kMostZoom, wanted / (2 * spot.radius) * pixelRatio));
    }
    canvas.centreOn(spot.middle);
}

QString captionOf(const DoubtfulSpot& spot, const Session& session) {
    const auto percent = std::lround(100 * spot.certainty);
    for (const LabelClass& entry : session.classes().classes()) {
        if (entry.value != spot.value) continue;
        return DoubtGuide::tr("%1? %2 % sure").arg(QString::fromStdString(entry.name)).arg(percent);
    }
    return DoubtGuide::tr("%1 % sure").arg(percent);
}

}  // namespace

DoubtGuide::DoubtGuide(const MainActions& actions, SessionBridge& bridge, CanvasView& canvas, QObject* parent)
    : QObject(parent), actions_(actions), bridge_(bridge), canvas_(canvas) {
    connect(&actions_[Command::ShowDoubt], &QAction::toggled, this, &DoubtGuide::follow);
    connect(&actions_[Command::NextDoubt], &QAction::triggered, this, &DoubtGuide::goOn);
    connect(&bridge_, &SessionBridge::predictionChanged, this, &DoubtGuide::follow);
    connect(&bridge_, &SessionBridge::imageShown, this, &DoubtGuide::forget);
    connect(&bridge_, &SessionBridge::labelsChanged, &canvas_, [this] { canvas_.setMarker(std::nullopt); });
    connect(&bridge_, &SessionBridge::projectChanged, this, &DoubtGuide::forget);
    follow();
}

PredictionPtr DoubtGuide::prediction() const {
    const auto shown = bridge_.session().shownImage();
    const PredictionPtr newest = shown ? bridge_.session().prediction(shown->id) : nullptr;
    const bool tells = newest && tellsDoubt(*newest) && newest->mask.size == shown->pixels.size;
    return tells ? newest : nullptr;
}

void DoubtGuide::follow() {
    const bool tells = prediction() != nullptr;
    actions_[Command::ShowDoubt].setEnabled(tells);
    actions_[Command::NextDoubt].setEnabled(tells);
    canvas_.setShowsDoubt(tells && actions_[Command::ShowDoubt].isChecked());
}

void DoubtGuide::forget() {
    seen_.clear();
    follow();
}

void DoubtGuide::goOn() {
    const PredictionPtr told = prediction();
    if (!told) return;
    const std::vector<DoubtfulSpot> spots = doubtfulSpots(*told, bridge_.session().labels());
    if (spots.empty()) {
        canvas_.fit();
        const PixelSize size = canvas_.imageSize();
        canvas_.setMarker(SpotMarker{
            {size.width / 2.0, size.height / 2.0}, 0, tr("The model is sure of all that is not painted")});
        return;
    }
    const auto isNew = [this](const DoubtfulSpot& spot) {
        return std::ranges::none_of(seen_, [&](PointInImage place) {
            return std::hypot(place.x - spot.middle.x, place.y - spot.middle.y) < 2 * spot.radius;
        });
    };
    auto next = std::ranges::find_if(spots, isNew);
    if (next == spots.end()) {
        seen_.clear();
        next = spots.begin();
    }
    seen_.push_back(next->middle);
    show(*next, canvas_);
    canvas_.setMarker(SpotMarker{next->middle, next->radius, captionOf(*next, bridge_.session())});
}

}  // namespace finebrush
