// What the canvas draws over its background.

#include "core/labels/pixel_shape.h"
#include "ui/canvas/canvas_view.h"
#include "ui/canvas/overlays/brush_outline.h"
#include "ui/canvas/overlays/grid.h"
#include "ui/canvas/overlays/patient_sides.h"
#include "ui/canvas/overlays/sketch_painter.h"
#include "ui/canvas/overlays/split_handle.h"
#include "ui/settings/theme.h"

#include <QPaintEvent>
#include <QPainter>

#include <algorithm>

namespace finebrush {

void CanvasView::paintEvent(QPaintEvent* event) {
    QPainter painter(this);
    const QRect exposed = event->rect();
    painter.fillRect(exposed, themeColours(palette()).canvas);
    askForTiles();
    if (comparison_ == Comparison::None) {
        layers_.draw(painter, transform_, exposed, devicePixelRatioF(), shownOverlays());
    } else {
        layers_.drawCompared(painter, transform_, exposed, devicePixelRatioF(), comparison_, split_->place());
    }
    drawAids(painter, exposed, pointedLinked_ != nullptr);
    if (scaleBarVisible_ && hasImage()) drawScaleBar(painter, scaleBar_, rect());
    if (crosshair_ && hasImage()) drawPlaneColour(painter, *crosshair_, rect());
    if (hasImage()) drawPatientSides(painter, patientSides(*layers_.image(), transform_), rect());
}

CanvasLayers::Choice CanvasView::shownOverlays() const {
    return overlayVisible_ ? overlays_ : CanvasLayers::Choice{.labels = false, .prediction = false};
}

void CanvasView::drawLinked(QPainter& painter, const QRect& exposed, const QWidget& view,
                            const CanvasLayers::Choice& overlays) {
    painter.fillRect(exposed, themeColours(palette()).canvas);
    layers_.draw(painter, transform_, exposed, devicePixelRatioF(), overlays);
    drawAids(painter, exposed, pointedLinked_ != &view);
}

void CanvasView::drawAids(QPainter& painter, const QRect& exposed, bool pointerIsElsewhere) {
    if (gridVisible_ && hasImage()) drawGrid(painter, exposed);
    layers_.drawRegion(painter, transform_, exposed, devicePixelRatioF());
    if (crosshair_ && hasImage()) drawCrosshair(painter, *crosshair_, transform_, imageSize());
    if (marker_) drawSpotMarker(painter, *marker_, transform_, rect());
    if (sketch_) drawSketch(painter, *sketch_, transform_, pointer_, layers_.palette()[sketch_->value]);
    if (showsBrush()) {
        const double share = gesture_ == Gesture::Painting ? sizeShare() : 1;
        drawBrushOutline(painter, *pointer_, brushRadii(share));
    }
    if ((pointerIsElsewhere || keysPoint_) && pointer_ && hasImage()) drawPointerCross(painter, *pointer_);
}

void CanvasView::drawOverview(QPainter& painter, const ViewTransform& transform, const QRectF& rectInView) {
    layers_.draw(painter, transform, rectInView, devicePixelRatioF(), shownOverlays());
}

QSizeF CanvasView::brushRadii(double share) const {
    const double diameter = brushDiameter_ * share;
    const QSizeF pixel = transform_.pixelShape();
    const PixelShape painted = shapeUnderBrush({pixel.width(), pixel.height()}, diameter);
    const QSizeF radii = QSizeF(pixel.width() / painted.width, pixel.height() / painted.height) *
                         (diameter / 2 * transform_.scale());
    return transform_.quarterTurns() % 2 == 0 ? radii : radii.transposed();
}

bool CanvasView::showsBrush() const {
    return hasImage() && pointer_ && brushDiameter_ > 0 && !panMode_ && !spaceHeld_ &&
           gesture_ != Gesture::Panning && gesture_ != Gesture::Windowing;
}

void CanvasView::drawGrid(QPainter& painter, const QRect& exposed) {
    // A line is two px thick: one that lies beside the exposed part may reach into it.
    const RectInImage part = transform_.imageFromView(QRectF(exposed.adjusted(-1, -1, 1, 1)))
                                 .intersected(RectInImage::ofSize(imageSize()));
    if (part.isEmpty()) return;
    if (zoom() >= kGridZoom) drawPixelGrid(painter, transform_, part);
    drawRuledGrid(painter, transform_, part, gridStep_);
}

void CanvasView::setMarker(const std::optional<SpotMarker>& marker) {
    for (const auto& shown : {marker_, marker}) {
        if (shown) redraw(spotMarkerInView(*shown, transform_, font(), rect()));
    }
    marker_ = marker;
}

void CanvasView::setCrosshair(const std::optional<CrosshairLines>& crosshair) {
    if (crosshair == crosshair_) return;
    crosshair_ = crosshair;
    redraw();
}

void CanvasView::setBrushDiameter(double diameter) {
    updatePointer();
    brushDiameter_ = diameter;
    updatePointer();
}

void CanvasView::setSketch(const std::optional<ToolSketch>& sketch) {
    updatePointer();
    const ToolSketch before = sketch_.value_or(ToolSketch());
    sketch_ = sketch;
    const ToolSketch now = sketch_.value_or(ToolSketch());
    if (now.region != before.region || now.value != before.value) {
        redraw(layers_.regionInView(transform_));
        layers_.setRegion(now.region, now.value);
        redraw(layers_.regionInView(transform_));
    }
    updatePointer();
}

void CanvasView::updatePointer() {
    if (pointer_) {
        const double least = linked_.empty() && !keysPoint_ ? 0 : kCrossReach;
        redraw(brushOutlineInView(*pointer_, brushRadii(1).expandedTo(QSizeF(least, least))));
    }
    if (sketch_) redraw(sketchInView(*sketch_, transform_, pointer_, font()));
}

}  // namespace finebrush
