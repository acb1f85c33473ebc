#pragma once

#include "core/session/images/crosshair.h"

#include <QSplitter>

#include <memory>
#include <optional>
#include <vector>

namespace finebrush {

class CanvasView;
class MainActions;
class PlaneView;
class Preferences;
class ResultDock;
class SessionBridge;
struct OpenedImage;
struct PlaneRead;

/// The canvas with what lies beside it, and on its right, where the person wants them and a volume is shown,
/// the two other planes through a crosshair. A click in one of these moves the crosshair, and the canvas
/// follows; the wheel goes through the slices of a plane; Shift and the pointer move it in the canvas. The
/// other planes are there only while they are seen.
class ThreePlanes : public QSplitter {
    Q_OBJECT

  public:
    /// `views` holds the canvas, which is bound to the session already.
    ThreePlanes(QWidget& views, CanvasView& canvas, const MainActions& actions, SessionBridge& bridge,
                Preferences& preferences, const ResultDock& resultDock);

  protected:
    QSplitterHandle* createHandle() override;
    void changeEvent(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    struct Side {
        SliceView view;
        PlaneView* plane;
    };

    void connectActions();
    /// Opens or closes the other planes, and takes the crosshair to the slice on the screen.
    void follow();
    void followSlice(const OpenedImage& shown);
    void open(const std::array<SliceView, 2>& views);
    void close();
    PlaneView* makeSide(SliceView view);
    /// Colours, opacity and what else the overlays of the canvas look like.
    void dress();
    /// Draws the crosshair, and asks for the slices through it.
    void showCrosshair();
    void pointInCanvas(PointInImage point);
    void pointInSide(SliceView view, PointInImage point);
    void stepSide(SliceView view, int step);
    /// Shows the slice through the crosshair in the canvas.
    void takeCanvasAlong();
    void showPlane(const PlaneRead& plane);
    void showCaption(const Side& side);
    void retranslate();

    CanvasView& canvas_;
    const MainActions& actions_;
    SessionBridge& bridge_;
    Preferences& preferences_;
    const ResultDock& resultDock_;
    VolumeGrid grid_;                     ///< that the crosshair lies in
    std::optional<Crosshair> crosshair_;  ///< stays for the next time while they are closed
    QWidget* column_ = nullptr;
    std::vector<Side> sides_;   ///< in the column, from top to bottom
    QList<int> sizes_{67, 33};  ///< of the views and the column
};

}  // namespace finebrush
