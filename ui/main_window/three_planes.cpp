#include "ui/main_window/three_planes.h"

#include "ui/bridge/session_bridge.h"
#include "ui/canvas/canvas_view.h"
#include "ui/canvas/plane_view.h"
#include "ui/dialogs/error_text.h"
#include "ui/docks/result_dock.h"
#include "ui/main_window/commands/main_actions.h"
#include "ui/main_window/view_handle.h"
#include "ui/settings/preferences.h"

#include <QEvent>
#include <QMouseEvent>
#include <QVBoxLayout>

#include <algorithm>

namespace finebrush {

namespace {

constexpr int kWhole = 10000;  // shared out by the splitter

/// What is on the screen, where that is a slice of a volume that others cut through; null elsewhere.
std::shared_ptr<const OpenedImage> shownSlice(Session& session) {
    const auto shown = session.shownImage();
    const bool isDeep =
        shown && shown->slice && std::ranges::all_of(shown->grid.size, [](int count) { return count > 1; });
    return isDeep ? shown : nullptr;
}

}  // namespace

ThreePlanes::ThreePlanes(QWidget& views, CanvasView& canvas, const MainActions& actions,
                         SessionBridge& bridge, Preferences& preferences, const ResultDock& resultDock)
    : canvas_(canvas),
      actions_(actions),
      bridge_(bridge),
      preferences_(preferences),
      resultDock_(resultDock) {
    setObjectName(QStringLiteral("ThreePlanes"));
    setChildrenCollapsible(false);
    addWidget(&views);
    canvas_.installEventFilter(this);
    connectActions();
    connect(this, &QSplitter::splitterMoved, this, [this] { sizes_ = sizes(); });
    connect(&bridge_, &SessionBridge::imageShown, this, &ThreePlanes::follow);
    connect(&bridge_, &SessionBridge::imageRedrawn, this, &ThreePlanes::showCrosshair);
    connect(&bridge_, &SessionBridge::projectChanged, this, &ThreePlanes::follow);
    connect(&bridge_, &SessionBridge::planeRead, this, &ThreePlanes::showPlane);
    connect(&bridge_, &SessionBridge::classesChanged, this, &ThreePlanes::dress);
    connect(&resultDock_, &ResultDock::opacityChanged, this, &ThreePlanes::dress);
    follow();
}

QSplitterHandle* ThreePlanes::createHandle() {
    return new ViewHandle(orientation(), this);
}

void ThreePlanes::connectActions() {
    QAction& isOpen = actions_[Command::ThreePlanes];
    isOpen.setChecked(preferences_.shows(ViewAid::ThreePlanes));
    connect(&isOpen, &QAction::toggled, this, [this](bool open) {
        preferences_.setShows(ViewAid::ThreePlanes, open);
        follow();
    });
    connect(&actions_[Command::CrosshairHere], &QAction::triggered, this, [this] {
        const QPointF middle = QRectF(canvas_.rect()).center();
        pointInCanvas(canvas_.pointedAt().value_or(canvas_.transform().imageFromView(middle)));
    });
    for (const Command look : {Command::ToggleOverlay, Command::HatchClasses, Command::ShowCrossLabels})
        connect(&actions_[look], &QAction::toggled, this, &ThreePlanes::dress);
}

// ---- following what is shown ----

void ThreePlanes::follow() {
    const auto shown = shownSlice(bridge_.session());
    actions_[Command::ThreePlanes].setEnabled(shown != nullptr);
    const bool isOpen = shown && actions_[Command::ThreePlanes].isChecked();
    actions_[Command::CrosshairHere].setEnabled(isOpen);
    if (!isOpen) return close();
    if (grid_ != shown->grid) close();  // what is seen there is of another volume
    followSlice(*shown);
    open(crossingViews(shown->grid, shown->slice->view));
    showCrosshair();
}

void ThreePlanes::followSlice(const OpenedImage& shown) {
    if (crosshair_ && grid_ == shown.grid) {
        crosshair_ = movedToSlice(grid_, shown.slice->view, shown.slice->index, *crosshair_);
    } else {
        const PixelSize size = shown.pixels.size;
        crosshair_ = crosshairAt(shown.grid, *shown.slice, {size.width / 2.0, size.height / 2.0});
    }
    grid_ = shown.grid;
}

void ThreePlanes::open(const std::array<SliceView, 2>& views) {
    if (std::ranges::equal(sides_, views, {}, &Side::view)) return;
    close();
    column_ = new QWidget;
    auto* layout = new QVBoxLayout(column_);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(2);
    for (const SliceView view : views) {
        sides_.push_back({view, makeSide(view)});
        layout->addWidget(sides_.back().plane, 1);
    }
    addWidget(column_);
    const int part = sizes_[1] * kWhole / (sizes_[0] + sizes_[1]);
    setSizes({kWhole - part, part});
    dress();
    retranslate();
}

void ThreePlanes::close() {
    if (sides_.empty()) return;
    sides_.clear();
    delete column_;
    column_ = nullptr;
    canvas_.setCrosshair(std::nullopt);
    bridge_.session().wantPlanes({});
}

PlaneView* ThreePlanes::makeSide(SliceView view) {
    auto* plane = new PlaneView(canvas_);
    connect(plane, &PlaneView::pointed, this, [this, view](PointInImage point) { pointInSide(view, point); });
    connect(plane, &PlaneView::pointingEnded, this, &ThreePlanes::takeCanvasAlong);
    connect(plane, &PlaneView::stepRequested, this, [this, view](int step) { stepSide(view, step); });
    return plane;
}

void ThreePlanes::dress() {
    for (const Side& side : sides_) {
        CanvasView& picture = side.plane->picture();
        picture.setPalette(overlayPalette(bridge_.session().classes()));
        picture.setLabelOpacity(resultDock_.labelOpacity());
        picture.setOverlayVisible(actions_[Command::ToggleOverlay].isChecked());
        picture.setPatterned(actions_[Command::HatchClasses].isChecked());
        picture.setCrossLabelsVisible(actions_[Command::ShowCrossLabels].isChecked());
    }
}

// ---- the crosshair ----

void ThreePlanes::showCrosshair() {
    const auto shown = shownSlice(bridge_.session());
    if (sides_.empty() || !shown || !crosshair_) return;
    canvas_.setCrosshair(crosshairLines(grid_, shown->slice->view, *crosshair_));
    std::vector<SliceAddress> slices;
    for (const Side& side : sides_) {
        side.plane->picture().setCrosshair(crosshairLines(grid_, side.view, *crosshair_));
        const auto place = slicePointOf(grid_, side.view, *crosshair_);
        if (place) slices.push_back({side.view, place->index, shown->slice->frame});
    }
    bridge_.session().wantPlanes(slices);
}

void ThreePlanes::pointInCanvas(PointInImage point) {
    const auto shown = shownSlice(bridge_.session());
    if (sides_.empty() || !shown) return;
    crosshair_ = crosshairAt(grid_, *shown->slice, point);
    showCrosshair();
}

void ThreePlanes::pointInSide(SliceView view, PointInImage point) {
    const auto place = crosshair_ ? slicePointOf(grid_, view, *crosshair_) : std::nullopt;
    if (!place) return;
    crosshair_ = crosshairAt(grid_, {view, place->index, 0}, point);
    showCrosshair();
}

void ThreePlanes::stepSide(SliceView view, int step) {
    const auto place = crosshair_ ? slicePointOf(grid_, view, *crosshair_) : std::nullopt;
    if (!place) return;
    crosshair_ = movedToSlice(grid_, view, place->index + step, *crosshair_);
    showCrosshair();
}

void ThreePlanes::takeCanvasAlong() {
    const auto shown = shownSlice(bridge_.session());
    if (!shown || !crosshair_) return;
    SliceAddress slice = *shown->slice;
    const auto place = slicePointOf(grid_, slice.view, *crosshair_);
    if (!place || place->index == slice.index) return;
    slice.index = place->index;
    // Not before the button is let go: as with the slider, a slice that is shown becomes an image of the
    // project.
    bridge_.session().showSlice(slice);
}

bool ThreePlanes::eventFilter(QObject* watched, QEvent* event) {
    if (watched == &canvas_ && event->type() == QEvent::MouseMove && !sides_.empty()) {
        const auto& mouse = static_cast<const QMouseEvent&>(*event);
        const PointInImage point = canvas_.transform().imageFromView(mouse.position());
        const PixelSize size = canvas_.imageSize();
        const bool isInside = point.x >= 0 && point.y >= 0 && point.x < size.width && point.y < size.height;
        if (isInside && mouse.buttons() == Qt::NoButton && mouse.modifiers() == Qt::ShiftModifier)
            pointInCanvas(point);
    }
    return QSplitter::eventFilter(watched, event);
}

// ---- what the other planes show ----

void ThreePlanes::showPlane(const PlaneRead& plane) {
    for (const Side& side : sides_) {
        if (side.view != plane.slice.view) continue;
        side.plane->setPlane(plane);
        showCaption(side);
    }
}

void ThreePlanes::showCaption(const Side& side) {
    const PlaneRead& plane = side.plane->plane();
    const QString name = side.view == SliceView::Axial     ? tr("Axial")
                         : side.view == SliceView::Coronal ? tr("Coronal")
                                                           : tr("Sagittal");
    if (plane.problem) {
        side.plane->setCaption(tr("%1: cannot be shown").arg(name), errorText(*plane.problem));
    } else {
        const int count = sliceCount(grid_, side.view);
        const QString number = QStringLiteral("%1 %2 / %3").arg(name).arg(plane.slice.index + 1).arg(count);
        side.plane->setCaption(plane.image ? number : name, {});
    }
}

void ThreePlanes::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) retranslate();
    QSplitter::changeEvent(event);
}

void ThreePlanes::retranslate() {
    for (const Side& side : sides_) showCaption(side);
    if (sides_.empty()) return;
    handle(1)->setAccessibleName(tr("Border of the other planes"));
    handle(1)->setToolTip(tr("Drag to share out the room between the views (arrow keys)"));
}

}  // namespace finebrush
