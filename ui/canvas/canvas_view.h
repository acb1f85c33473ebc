#pragma once

#include "core/session/session.h"
#include "ui/canvas/comparison.h"
#include "ui/canvas/layers/canvas_layers.h"
#include "ui/canvas/overlays/crosshair_lines.h"
#include "ui/canvas/overlays/scale_bar.h"
#include "ui/canvas/overlays/spot_marker.h"
#include "ui/canvas/overlays/tool_sketch.h"
#include "ui/canvas/view_transform.h"

#include <QKeySequence>
#include <QWidget>

#include <map>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

class QSinglePointEvent;

namespace finebrush {

class SplitHandle;

/// Shows the image with its labels and its prediction, and turns the mouse into pointer signals in the
/// image's frame. Pans (middle button, Space-drag, or the left button in pan mode) and zooms (wheel, at the
/// pointer) by itself; Shift and the right button are not for the tools. The keys do the same: arrows pan,
/// Ctrl and arrows move the pointer, and some keys are the buttons of the mouse (`setButtonKeys`).
class CanvasView : public QWidget {
    Q_OBJECT

  public:
    explicit CanvasView(QWidget* parent = nullptr);

    /// Shows another image (null: none), fitted to the view; of the same volume, at the same place. Labels
    /// and prediction are gone until set again.
    void setImage(std::shared_ptr<const OpenedImage> image);
    /// The image is to be drawn in another way.
    void refreshImage();
    /// A tile of a large image that was wanted.
    void showTile(const TilePainted& tile);
    bool hasImage() const { return layers_.image() != nullptr; }
    PixelSize imageSize() const { return layers_.size(); }
    /// `labels` must live until another image or other labels are set.
    void setLabels(const LabelMap* labels) {
        layers_.setLabels(labels);
        updateContent();
    }
    void refreshLabels(const RectInImage& rect);
    /// What other views have labelled in the same pixels (null: nothing), fainter, where the labels have
    /// nothing.
    void setCrossLabels(std::shared_ptr<const LabelMap> labels) {
        layers_.setCrossLabels(std::move(labels));
        updateContent();
    }
    void setCrossLabelsVisible(bool visible) {
        layers_.setShowsCrossLabels(visible);
        updateContent();
    }
    void setPrediction(const PredictedClasses& prediction) {
        layers_.setPrediction(prediction);
        updateContent();
    }
    /// The class value predicted at a pixel, `kUnlabelled` where none is.
    uint8_t predictedAt(int x, int y) const { return layers_.predictedAt(x, y); }
    void setPalette(const OverlayPalette& palette) {
        layers_.setPalette(palette);
        updateContent();
    }

    /// 0: invisible, 1: opaque.
    void setLabelOpacity(double opacity) {
        layers_.setLabelOpacity(opacity);
        updateContent();
    }
    void setPredictionOpacity(double opacity) {
        layers_.setPredictionOpacity(opacity);
        updateContent();
    }
    void setOverlayVisible(bool visible) {
        overlayVisible_ = visible;
        updateContent();
    }
    /// What is drawn over the image while the overlay is visible.
    void setOverlays(const CanvasLayers::Choice& overlays) {
        if (overlays == overlays_) return;
        overlays_ = overlays;
        updateContent();
    }
    /// Classes are hatched, each in its way, instead of filled.
    void setPatterned(bool patterned) {
        layers_.setPatterned(patterned);
        updateContent();
    }
    /// A veil where the model is unsure, in the place of the predicted classes.
    void setShowsDoubt(bool shows) {
        layers_.setShowsDoubt(shows);
        updateContent();
    }
    /// Points at a place until something is painted, or another image is shown.
    void setMarker(const std::optional<SpotMarker>& marker);
    /// Where other planes of the volume cut through the image (nothing: no lines).
    void setCrosshair(const std::optional<CrosshairLines>& crosshair);
    /// The point of the image under the pointer; nothing where it is elsewhere.
    std::optional<PointInImage> pointedAt() const;
    /// Shows one way to look at the image on the left and another on the right of a line that can be dragged.
    void setComparison(Comparison comparison);
    void setScaleBarVisible(bool visible) {
        scaleBarVisible_ = visible;
        update();
    }
    /// One grid for all zooms: lines a round length apart, as the scale bar is long, and the borders of the
    /// pixels as well where they are large enough. Who wants lines need not know which of the two can be
    /// seen.
    void setGridVisible(bool visible) {
        gridVisible_ = visible;
        redraw();
    }

    /// The left button pans instead of painting.
    void setPanMode(bool pans);
    /// The wheel asks for other slices and zooms with Ctrl only, instead of zooming.
    void setWheelSteps(bool steps) { wheelSteps_ = steps; }
    /// What takes a step back while a tool draws, beside Backspace.
    void setUndoKeys(const QList<QKeySequence>& keys) { undoKeys_ = keys; }
    /// What is the left and the right button of the mouse while it is held.
    void setButtonKeys(const QList<QKeySequence>& left, const QList<QKeySequence>& right) {
        buttonKeys_ = left;
        otherButtonKeys_ = right;
    }
    /// Presses and lets go where the pointer is; in the middle, where it is nowhere.
    void clickByKey(bool isOther);
    /// Of the outline at the pointer, in px of the image; 0: there is none.
    void setBrushDiameter(double diameter);
    /// The pressure of a pen changes the size of the brush.
    void setPressureSizes(bool sizes) { pressureSizes_ = sizes; }
    /// Shows what a tool is drawing (none: nothing). Meanwhile Enter, Backspace, undo, Tab and Escape are the
    /// tool's, unless the sketch is a fleeting one.
    void setSketch(const std::optional<ToolSketch>& sketch);

    /// Shows the whole image.
    void fit();
    void zoomBy(double factor);
    /// At the centre of the view; device px per image px.
    void zoomTo(double zoom);
    /// Turns what is seen clockwise by quarters (negative: the other way); the image stays as it is.
    void turn(int quarters);
    void centreOn(PointInImage point);
    /// The pointer is over something that lies over the canvas.
    void endHover();
    /// Draws image and overlays as another view shows them; `rectInView` of that view.
    void drawOverview(QPainter& painter, const ViewTransform& transform, const QRectF& rectInView);
    const ViewTransform& transform() const { return transform_; }
    /// The pixels of the image that are seen.
    RectInImage visibleRect() const;

    // ---- linked views beside this one, around the same middle: pointer, tools and place are common to all
    /// A view is there, or has another size.
    void showLinked(const QWidget& view);
    void hideLinked(const QWidget& view);
    /// Where a linked view of this size lies in the frame of this one.
    QRect linkedInView(QSize size) const;
    /// Draws what a linked view shows, in the frame of this one.
    void drawLinked(QPainter& painter, const QRect& exposed, const QWidget& view,
                    const CanvasLayers::Choice& overlays);
    /// The pointer is over a linked view (null: over this one): all others show by a cross where it is there.
    void setPointerOver(const QWidget* linked) { pointedLinked_ = linked; }
    /// What was predicted before, for whoever wants it drawn.
    void setEarlierPrediction(const PredictedClasses& earlier) {
        layers_.setEarlierPrediction(earlier);
        redraw();
    }
    /// The pixels of the image that are seen in any of the views.
    RectInImage seenRect() const;

    /// Device px per image px.
    double zoom() const { return transform_.scale() * devicePixelRatioF(); }

  signals:
    // The pointer as a tool sees it, from press to release; a point may lie outside the image. `isOther`:
    // with the right button, its key, Alt or the eraser end of a pen; `sizeShare` of the brush, by the
    // pressure of a pen.
    void pressed(finebrush::PointInImage point, bool isOther, double sizeShare);
    void dragged(finebrush::PointInImage point, double sizeShare);
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
    /// Image or overlays are drawn otherwise now.
    void contentChanged();
    /// This part of the view is drawn anew; it may reach beyond the view, where a linked one sees more.
    void redrawn(const QRect& rectInView);
    /// The person turned the wheel with Shift: +1 wants a larger brush, -1 a smaller one.
    void brushStepRequested(int steps);
    /// The person turned the wheel where it steps through slices: +1 wants the next one, -1 the one before.
    void sliceStepRequested(int step);

  protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void tabletEvent(QTabletEvent* event) override;
    void enterEvent(QEnterEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void keyReleaseEvent(QKeyEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

  private:
    enum class Gesture { None, Painting, Panning, Windowing };

    void press(const QSinglePointEvent& event);
    void move(const QSinglePointEvent& event);
    void release(const QSinglePointEvent& event);
    /// Whether a mouse event only says again what a pen has said.
    bool isEchoOfPen(const QMouseEvent& event);
    void movePointer(std::optional<QPointF> pointInView);
    /// Pans, or moves the pointer. Returns false where the key is not for that.
    bool goByArrow(const QKeyEvent& event);
    /// One step, longer the longer the key is held.
    void movePointerByKey(QPointF direction);
    /// Within the image; the view follows.
    void pointByKey(QPointF pointInView);
    bool isButtonKey(const QKeyEvent& event) const;
    /// Whether a key can be the button now.
    bool mayPressByKey() const { return hasImage() && !panMode_; }
    void pressByKey(bool isOther);
    bool isHeldKey(const QKeyEvent& event) const;
    void releaseKey();
    double sizeShare() const { return pressureSizes_ ? pressure_ : 1; }
    /// In px of the view. `share` is what a pen makes of the size.
    QSizeF brushRadii(double share) const;
    bool showsBrush() const;
    /// What lies over the image, such as the brush.
    void drawAids(QPainter& painter, const QRect& exposed, bool pointerIsElsewhere);
    void redraw(const QRect& rectInView);
    void redraw();
    QRect seenInView() const;
    CanvasLayers::Choice shownOverlays() const;
    void drawGrid(QPainter& painter, const QRect& exposed);
    /// Other views are there, or they have other sizes.
    void followLinked();
    /// How long the bar is, and how wide the fields of the grid are.
    void measure();
    /// What is shown is drawn anew.
    void updateContent();
    /// Whether there is a sketch that the keys are for.
    bool sketchTakesKeys() const { return sketch_ && !sketch_->isFleeting; }
    bool sketchTakesEscape() const {
        return sketch_ && (!sketch_->isFleeting || !sketch_->caption.isEmpty());
    }
    bool takesKey(const QKeyEvent& event) const;
    bool isStepBack(const QKeyEvent& event) const;
    /// Which way Tab goes through the regions; 0: it does not.
    int stepOf(const QKeyEvent& event) const;
    /// Repaints what moves with the pointer.
    void updatePointer();
    void cancelTool();
    void updateCursor();
    void viewMoved();
    void askForTiles();

    std::vector<TileAddress> wantedTiles_;  ///< what was asked for last of a large image
    CanvasLayers layers_;
    bool overlayVisible_ = true;
    CanvasLayers::Choice overlays_;
    Comparison comparison_ = Comparison::None;
    SplitHandle* split_;
    bool scaleBarVisible_ = true;
    ScaleBar scaleBar_;
    bool gridVisible_ = false;
    QSizeF gridStep_;  ///< of the ruled one, in px of the image

    ViewTransform transform_;
    bool fitted_ = true;  ///< resizing the view keeps the whole image shown
    Gesture gesture_ = Gesture::None;
    bool panMode_ = false;
    bool spaceHeld_ = false;
    bool wheelSteps_ = false;
    QList<QKeySequence> undoKeys_;
    QList<QKeySequence> buttonKeys_;
    QList<QKeySequence> otherButtonKeys_;
    double turnedNotches_ = 0;  ///< of the wheel since the last step; fine wheels turn by parts
    double brushDiameter_ = 16;
    bool pressureSizes_ = true;
    double pressure_ = 1;     ///< of the pen that paints; 1: of the mouse
    bool penHeld_ = false;    ///< the gesture is a pen's
    bool penSeen_ = false;    ///< a pen was the last to point, and was taken
    bool keysPoint_ = false;  ///< the keys were the last to point
    bool keyHolds_ = false;   ///< a key is held as the button; the mouse waits
    int heldKey_ = 0;
    quint32 heldPlace_ = 0;  ///< of that key on the keyboard; 0: unknown
    int repeats_ = 0;        ///< of the arrow that moves the pointer
    std::optional<ToolSketch> sketch_;
    std::optional<SpotMarker> marker_;
    std::optional<CrosshairLines> crosshair_;
    std::optional<QPointF> pointer_;          ///< in the view
    QPointF windowFrom_;                      ///< where the drag of the window began, in the view
    std::map<const QWidget*, QSize> linked_;  ///< the views that are seen, with their sizes
    const QWidget* pointedLinked_ = nullptr;  ///< null: the pointer is not over any of them
};

}  // namespace finebrush
