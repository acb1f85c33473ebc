#include "ui/canvas/plane_view.h"

#include "ui/canvas/canvas_view.h"

#include <QLabel>
#include <QVBoxLayout>

#include <utility>

namespace finebrush {

namespace {

constexpr QSize kLeastSize{140, 100};  // of the picture

}  // namespace

PlaneView::PlaneView(CanvasView& canvas, QWidget* parent)
    : QWidget(parent), caption_(new QLabel), picture_(new CanvasView) {
    setObjectName(QStringLiteral("PlaneView"));
    caption_->setObjectName(QStringLiteral("PlaneCaption"));
    caption_->setContentsMargins(6, 2, 6, 2);
    caption_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    picture_->setObjectName(QStringLiteral("PlanePicture"));
    picture_->setMinimumSize(kLeastSize);
    picture_->setFocusPolicy(Qt::ClickFocus);
    picture_->setFocusProxy(&canvas);
    picture_->setWheelSteps(true);
    picture_->setBrushDiameter(0);
    picture_->setScaleBarVisible(false);
    picture_->setOverlays({.labels = true, .prediction = false});
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(caption_);
    layout->addWidget(picture_, 1);
    connect(picture_, &CanvasView::pressed, this, [this](PointInImage point, bool isOther) {
        isPointing_ = !isOther;
        if (isPointing_) emit pointed(point);
    });
    connect(picture_, &CanvasView::dragged, this, [this](PointInImage point) {
        if (isPointing_) emit pointed(point);
    });
    const auto end = [this] {
        if (std::exchange(isPointing_, false)) emit pointingEnded();
    };
    connect(picture_, &CanvasView::released, this, end);
    connect(picture_, &CanvasView::cancelled, this, end);
    connect(picture_, &CanvasView::sliceStepRequested, this, &PlaneView::stepRequested);
}

void PlaneView::setPlane(const PlaneRead& plane) {
    const PlaneRead before = std::exchange(plane_, plane);  // its labels are drawn until there are others
    if (plane_.image != before.image) picture_->setImage(plane_.image);
    picture_->setLabels(plane_.labels.get());
    picture_->setCrossLabels(plane_.crossLabels);
}

void PlaneView::setCaption(const QString& caption, const QString& reason) {
    caption_->setText(caption);
    caption_->setToolTip(reason);
    picture_->setToolTip(reason);
    picture_->setAccessibleName(caption);
    picture_->setAccessibleDescription(reason);
}

}  // namespace finebrush
