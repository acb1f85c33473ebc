#pragma once

#include "core/session/session.h"
#include "ui/canvas/large_layer.h"
#include "ui/canvas/region_layer.h"
#include "ui/canvas/tile_sources.h"
#include "ui/canvas/tiled_layer.h"
#include "ui/canvas/tool_sketch.h"
#include "ui/canvas/view_transform.h"

#include <QWidget>

#include <memory>
#include <optional>
#include <vector>

namespace finebrush {

/// Shows the image with its labels and its prediction, and turns the mouse into pointer signals in the
/// image's frame. Pans (middle button, Space-drag, or the left button in pan mode) and zooms (wheel, at the
/// pointer) by itself; Shift and the right button are not for the tools.
class CanvasView : public QWidget {
    Q_OBJECT

  public:
    explicit CanvasView(QWidget* parent = nullptr);

    /// Shows another image (null: none), fitted to the view. Labels and prediction are gone until set again.
    void setImage(std::shared_ptr<const OpenedImage> image);
    /// The image is to be drawn in another way.
    void refreshImage();
    /// A tile of a large image that was wanted.
    void showTile(const TilePainted& tile);
    bool hasImage() const { return image_ != nullptr; }
    /// `labels` must live until another image or other labels are set.
    void setLabels(const LabelMap* labels);
    void refreshLabels(const RectInImage& rect);
    void setPrediction(std::shared_ptr<const IndexMask> prediction);
    /// What is predicted of parts of a large image, in place of that.
    void setPredictedCells(std::shared_ptr<const LabelMap> cells);
    void setPalette(const OverlayPalette& palette);

    /// 0: invisible, 1: opaque.
    void setLabelOpacity(double opacity);
    void setPredictionOpacity(double opacity);
    void setOverlayVisible(bool visible);

    /// The left button pans instead of painting.
    void setPanMode(bool pans);
    /// Of the outline at the pointer, in px of the image; 0: there is none.
    void setBrushDiameter(double diameter);
    /// Shows what a tool is drawing (none: nothing). Meanwhile Enter, Backspace, undo, Tab and Escape are the
    /// tool's, unless the sketch is a fleeting one.
    void setSketch(const std::optional<ToolSketch>& sketch);

    /// Shows the whole image.
    void fit();
    /// Shows one px of the image on one device pixel, at the centre of the view.
    void showActualSize();
    void zoomBy(double factor);
    const ViewTransform& transform() const { return transform_; }
    /// The pixels of the image that are seen.
    RectInImage visibleRect() const;
    /// Device px per image px.
    double zoom() const { return transform_.scale() * devicePixelRatioF(); }

  signals:
    // The pointer as a tool sees it, from press to release; a point may lie outside the image.
    void pressed(finebrush::PointInImage point, bool withRightButtonOrAlt);
    void dragged(finebrush::PointInImage point);
    void released();
    /// What was begun is not wanted: Escape, another image, another tool.
    void cancelled();
    /// Enter or a double click, and Backspace or undo, while there is a sketch.
    void completeRequested();
    void stepBackRequested();
    // Shift and the right button, from press to release: the way since the press, in px of the view.
    void windowDragBegan();
    void windowDragged(QPointF way);
    void windowDragEnded();
    /// Tab (1) or Shift+Tab (-1), while there is a region in the sketch.
    void anotherRequested(int step);
    /// The pointer is over this point of the image; empty: it has left the image.
    void hovered(std::optional<finebrush::PointInImage> point);
    void zoomChanged();
    /// What the screen lacks of a large image, most wanted first.
    void tilesWanted(const std::vector<finebrush::TileAddress>& tiles);
    /// The person turned the wheel with Shift: +1 wants a larger brush, -1 a smaller one.
    void brushStepRequested(int steps);

  protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void enterEvent(QEnterEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void keyReleaseEvent(QKeyEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

  private:
    enum class Gesture { None, Painting, Panning, Windowing };

    PixelSize imageSize() const;
    void movePointer(std::optional<QPointF> pointInView);
    void drawBrushOutline(QPainter& painter) const;
    QRect brushOutlineInView(QPointF pointInView) const;
    bool showsBrush() const;
    /// Whether there is a sketch that the keys are for.
    bool sketchTakesKeys() const { return sketch_ && !sketch_->isFleeting; }
    bool takesKey(const QKeyEvent& event) const;
    /// Which way Tab goes through the regions; 0: it does not.
    int stepOf(const QKeyEvent& event) const;
    /// Repaints what moves with the pointer.
    void updatePointer();
    void cancelTool();
    void updateCursor();
    void viewMoved();
    void askForTiles();

    std::shared_ptr<const OpenedImage> image_;
    std::shared_ptr<const IndexMask> prediction_;
    std::shared_ptr<const LabelMap> predictedCells_;
    OverlayPalette palette_{};
    TiledLayer imageLayer_;
    LargeLayer largeLayer_;                 ///< in place of it, for a large image
    std::vector<TileAddress> wantedTiles_;  ///< what was asked for last
    TiledLayer labelLayer_;
    TiledLayer predictionLayer_;
    RegionLayer regionLayer_;  ///< of the sketch
    double labelOpacity_ = 0.8;
    double predictionOpacity_ = 0.45;
    bool overlayVisible_ = true;

    ViewTransform transform_;
    bool fitted_ = true;  ///< resizing the view keeps the whole image shown
    Gesture gesture_ = Gesture::None;
    bool panMode_ = false;
    bool spaceHeld_ = false;
    double brushDiameter_ = 16;
    std::optional<ToolSketch> sketch_;
    std::optional<QPointF> pointer_;  ///< in the view
    QPointF windowFrom_;              ///< where the drag of the window began, in the view
};

}  // namespace finebrush
