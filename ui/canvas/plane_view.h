#pragma once

#include "core/session/session_events.h"

#include <QWidget>

class QLabel;

namespace finebrush {

class CanvasView;

/// Another plane of the volume beside the canvas, only to be looked at: its name, and below it the slice,
/// which pans and zooms by itself. The left button points at a place; the keys stay with the canvas.
class PlaneView : public QWidget {
    Q_OBJECT

  public:
    explicit PlaneView(CanvasView& canvas, QWidget* parent = nullptr);

    /// The view of the slice, to be dressed as the canvas is.
    CanvasView& picture() const { return *picture_; }
    /// Shows a slice with its labels.
    void setPlane(const PlaneRead& plane);
    const PlaneRead& plane() const { return plane_; }
    /// `reason` says why there is no picture; empty: there is.
    void setCaption(const QString& caption, const QString& reason);

  signals:
    /// The left button is pressed at this point of the slice, or dragged to it; it may lie outside.
    void pointed(finebrush::PointInImage point);
    void pointingEnded();
    /// The person turned the wheel: +1 wants the next slice, -1 the one before.
    void stepRequested(int step);

  private:
    QLabel* caption_;
    CanvasView* picture_;
    PlaneRead plane_{};  ///< what the picture shows
    bool isPointing_ = false;
};

}  // namespace finebrush
