#pragma once

#include "ui/canvas/view_transform.h"

#include <QTimer>
#include <QWidget>

namespace finebrush {

class CanvasView;

/// The whole image in a corner of the canvas, with what of it is seen; a click or a drag brings a place to
/// the middle of the view. Rests while all of the image is seen.
class Minimap : public QWidget {
    Q_OBJECT

  public:
    /// Lies over the canvas.
    explicit Minimap(CanvasView& canvas);

    /// Whether it may be seen at all.
    void setShown(bool shown);

  signals:
    void entered();

  protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void enterEvent(QEnterEvent* event) override;
    void changeEvent(QEvent* event) override;

  private:
    /// Follows the view of the canvas.
    void follow();
    void goTo(QPointF place);
    void retranslate();

    CanvasView& canvas_;
    bool isShown_ = true;
    ViewTransform transform_;  ///< from the image to this widget
    QTimer redraw_;            ///< strokes are shown here less often than where they are painted
};

}  // namespace finebrush
