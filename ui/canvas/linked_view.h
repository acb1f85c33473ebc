#pragma once

#include "ui/canvas/layers/canvas_layers.h"

#include <QPoint>
#include <QWidget>

namespace finebrush {

class CanvasView;

/// Shows the place that a canvas shows once more, with other overlays. It has no state of its own: what the
/// pointer does over it is handed to the canvas, so that all views of a canvas pan, zoom, turn and paint as
/// one.
class LinkedView : public QWidget {
    Q_OBJECT

  public:
    /// The canvas must outlive it.
    explicit LinkedView(CanvasView& canvas, QWidget* parent = nullptr);

    void setOverlays(const CanvasLayers::Choice& overlays);
    const CanvasLayers::Choice& overlays() const { return overlays_; }
    /// The way from a point of this view to the same one in the frame of the canvas, in px.
    QPoint wayToCanvas() const;

  protected:
    bool event(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

  private:
    /// Lets the canvas answer an event in place of this view.
    bool hand(QEvent& event, QEvent& inFrameOfCanvas);

    CanvasView& canvas_;
    CanvasLayers::Choice overlays_;
};

}  // namespace finebrush
