#include "ui/canvas/overlays/minimap.h"

#include "ui/canvas/canvas_view.h"
#include "ui/settings/theme.h"

#include <QEvent>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>

namespace finebrush {

namespace {

constexpr QSizeF kLargest{168, 126};
constexpr int kMargin = 10;
constexpr int kFrame = 1;
constexpr int kRedrawMilliseconds = 120;

}  // namespace

Minimap::Minimap(CanvasView& canvas) : QWidget(&canvas), canvas_(canvas) {
    setObjectName(QStringLiteral("Minimap"));
    setAttribute(Qt::WA_OpaquePaintEvent);
    setCursor(Qt::PointingHandCursor);
    redraw_.setSingleShot(true);
    redraw_.setInterval(kRedrawMilliseconds);
    connect(&redraw_, &QTimer::timeout, this, QOverload<>::of(&QWidget::update));
    connect(this, &Minimap::entered, &canvas_, &CanvasView::endHover);
    connect(&canvas_, &CanvasView::zoomChanged, this, &Minimap::follow);
    connect(&canvas_, &CanvasView::contentChanged, this, [this] {
        if (isVisible() && !redraw_.isActive()) redraw_.start();
    });
    retranslate();
    hide();
}

void Minimap::setShown(bool shown) {
    isShown_ = shown;
    follow();
}

void Minimap::follow() {
    const PixelSize image = canvas_.imageSize();
    const bool showsAll = canvas_.visibleRect() == RectInImage::ofSize(image);
    setVisible(isShown_ && !image.isEmpty() && !showsAll);
    if (isHidden()) return;
    // As the canvas turns it, but whole.
    transform_ = canvas_.transform();
    transform_.fit(image, kLargest, 0, ViewTransform::kMaxScale);
    const QSizeF whole = transform_.viewFromImage(RectInImage::ofSize(image)).size();
    const QSize size(std::max(1, qRound(whole.width())) + 2 * kFrame,
                     std::max(1, qRound(whole.height())) + 2 * kFrame);
    transform_.centre(image, size, transform_.scale());
    setGeometry(canvas_.width() - size.width() - kMargin, kMargin, size.width(), size.height());
    update();
}

void Minimap::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), themeColours(palette()).canvas);
    canvas_.drawOverview(painter, transform_, rect());
    const QRectF seen = transform_.viewFromImage(canvas_.visibleRect()).intersected(rect());
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QColor(0, 0, 0, 190));
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
    // White within black is seen on every image.
    painter.drawRect(seen.adjusted(0, 0, -1, -1));
    painter.setPen(Qt::white);
    painter.drawRect(seen.adjusted(1, 1, -2, -2));
}

void Minimap::goTo(QPointF place) {
    canvas_.centreOn(transform_.imageFromView(place));
}

void Minimap::mousePressEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton) goTo(event->position());
}

void Minimap::mouseMoveEvent(QMouseEvent* event) {
    if (event->buttons() & Qt::LeftButton) goTo(event->position());
}

void Minimap::mouseReleaseEvent(QMouseEvent* event) {
    event->accept();  // the canvas knows nothing of this button
}

void Minimap::enterEvent(QEnterEvent* event) {
    emit entered();
    QWidget::enterEvent(event);
}

void Minimap::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) retranslate();
    QWidget::changeEvent(event);
}

void Minimap::retranslate() {
    setAccessibleName(tr("Overview"));
    setToolTip(tr("Overview: click or drag to go there"));
}

}  // namespace finebrush
