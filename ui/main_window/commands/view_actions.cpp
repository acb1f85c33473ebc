#include "ui/main_window/commands/view_actions.h"

#include "ui/bridge/session_bridge.h"
#include "ui/canvas/canvas_view.h"
#include "ui/canvas/overlays/minimap.h"
#include "ui/dialogs/go_to_dialog.h"
#include "ui/keys/key_map.h"
#include "ui/main_window/commands/main_actions.h"
#include "ui/settings/preferences.h"

#include <utility>

namespace finebrush {

namespace {

constexpr double kZoomStep = 1.25;

constexpr std::pair<Command, double> kZooms[] = {{Command::ZoomHalf, 0.5},
                                                 {Command::ActualSize, 1},
                                                 {Command::ZoomTwice, 2},
                                                 {Command::ZoomFourfold, 4},
                                                 {Command::ZoomEightfold, 8}};

constexpr std::pair<Command, Comparison> kComparisons[] = {
    {Command::CompareOverlay, Comparison::ImageAndOverlay},
    {Command::ComparePrediction, Comparison::LabelsAndPrediction}};

}  // namespace

ViewActions::ViewActions(const MainActions& actions, SessionBridge& bridge, Preferences& preferences,
                         CanvasView& canvas, Minimap& minimap, QWidget& window)
    : QObject(&window),
      actions_(actions),
      bridge_(bridge),
      preferences_(preferences),
      canvas_(canvas),
      minimap_(minimap),
      window_(window) {
    connectZoom();
    connectAids();
    connectComparisons();
    connect(&actions_[Command::ToggleOverlay], &QAction::toggled, &canvas_, &CanvasView::setOverlayVisible);
    // Nobody paints what is not seen.
    connect(&canvas_, &CanvasView::pressed, this,
            [this] { actions_[Command::ToggleOverlay].setChecked(true); });
    connect(&preferences_, &Preferences::keyProfileChanged, this, &ViewActions::follow);
    connect(&canvas_, &CanvasView::sliceStepRequested, this,
            [this](int step) { actions_[step > 0 ? Command::NextSlice : Command::PreviousSlice].trigger(); });
    connect(&bridge_, &SessionBridge::imageShown, this, &ViewActions::follow);
    connect(&bridge_, &SessionBridge::projectChanged, this, &ViewActions::follow);
    follow();
}

void ViewActions::connectZoom() {
    const auto on = [this](Command command, auto handler) {
        connect(&actions_[command], &QAction::triggered, this, handler);
    };
    on(Command::Fit, [this] { canvas_.fit(); });
    on(Command::ZoomIn, [this] { canvas_.zoomBy(kZoomStep); });
    on(Command::ZoomOut, [this] { canvas_.zoomBy(1 / kZoomStep); });
    for (const auto& [command, zoom] : kZooms) {
        on(command, [this, zoom = zoom] { canvas_.zoomTo(zoom); });
    }
    on(Command::TurnRight, [this] { canvas_.turn(1); });
    on(Command::TurnLeft, [this] { canvas_.turn(-1); });
    on(Command::GoTo, [this] { askForPlace(); });
}

void ViewActions::connectAids() {
    const auto join = [this](Command command, ViewAid aid, auto show) {
        connect(&actions_[command], &QAction::toggled, this, [this, aid, show](bool shown) {
            preferences_.setShows(aid, shown);
            show(shown);
        });
        actions_[command].setChecked(preferences_.shows(aid));
        show(preferences_.shows(aid));
    };
    join(Command::ShowMinimap, ViewAid::Minimap, [this](bool shown) { minimap_.setShown(shown); });
    join(Command::ShowScaleBar, ViewAid::ScaleBar, [this](bool shown) { canvas_.setScaleBarVisible(shown); });
    join(Command::HatchClasses, ViewAid::Hatches, [this](bool shown) { canvas_.setPatterned(shown); });
    join(Command::ShowCrossLabels, ViewAid::CrossLabels,
         [this](bool shown) { canvas_.setCrossLabelsVisible(shown); });
    join(Command::ShowGrid, ViewAid::Grid, [this](bool shown) { canvas_.setGridVisible(shown); });
}

void ViewActions::connectComparisons() {
    for (const auto& [command, comparison] : kComparisons) {
        connect(&actions_[command], &QAction::triggered, this,
                [this, comparison = comparison](bool on) { compare(on ? comparison : Comparison::None); });
    }
}

void ViewActions::compare(Comparison comparison) {
    canvas_.setComparison(comparison);
    for (const auto& [command, one] : kComparisons) actions_[command].setChecked(one == comparison);
}

void ViewActions::follow() {
    const auto shown = bridge_.session().shownImage();
    const bool hasImage = shown != nullptr;
    canvas_.setWheelSteps(shown && shown->slice && wheelStepsThroughSlices(preferences_.keyProfile()));
    for (const Command command :
         {Command::Fit, Command::ZoomIn, Command::ZoomOut, Command::TurnRight, Command::TurnLeft,
          Command::GoTo, Command::CompareOverlay, Command::ComparePrediction}) {
        actions_[command].setEnabled(hasImage);
    }
    for (const auto& [command, zoom] : kZooms) actions_[command].setEnabled(hasImage);
    actions_[Command::ShowCrossLabels].setEnabled(shown && shown->slice);  // an image alone has one view
}

void ViewActions::askForPlace() {
    const auto shown = bridge_.session().shownImage();
    if (!shown) return;
    auto* dialog = new GoToDialog(shown, &window_);
    connect(dialog, &GoToDialog::placeChosen, this, &ViewActions::goTo);
    dialog->open();
}

void ViewActions::goTo(const PlaceEntry& place) {
    const auto shown = bridge_.session().shownImage();
    if (!shown || !place.slice || !shown->slice || shown->slice->index == *place.slice)
        return canvas_.centreOn(*place.point);
    SliceAddress slice = *shown->slice;
    slice.index = *place.slice;
    connect(
        &bridge_, &SessionBridge::imageShown, &canvas_,
        [this, slice, point = *place.point](const std::shared_ptr<const OpenedImage>& image) {
            if (image && image->slice == slice) canvas_.centreOn(point);
        },
        Qt::SingleShotConnection);
    bridge_.session().showSlice(slice);
}

}  // namespace finebrush
