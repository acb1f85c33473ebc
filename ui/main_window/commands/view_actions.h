#pragma once

#include "ui/canvas/comparison.h"

#include <QObject>

class QWidget;

namespace finebrush {

class CanvasView;
class MainActions;
class Minimap;
class Preferences;
class SessionBridge;
struct PlaceEntry;

/// Joins the actions of what is seen of the image, and how, to the canvas. They rest where there is no image.
class ViewActions : public QObject {
    Q_OBJECT

  public:
    ViewActions(const MainActions& actions, SessionBridge& bridge, Preferences& preferences,
                CanvasView& canvas, Minimap& minimap, QWidget& window);

  private:
    void connectZoom();
    void connectAids();
    void connectComparisons();
    void follow();
    void compare(Comparison comparison);
    void askForPlace();
    /// Brings a place to the middle, with its slice where it is on another one.
    void goTo(const PlaceEntry& place);

    const MainActions& actions_;
    SessionBridge& bridge_;
    Preferences& preferences_;
    CanvasView& canvas_;
    Minimap& minimap_;
    QWidget& window_;
};

}  // namespace finebrush
